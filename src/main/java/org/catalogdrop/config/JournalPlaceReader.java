package org.catalogdrop.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.catalogdrop.journal.store.JournalPlace;

/** Reads and checks where the journal is. */
final class JournalPlaceReader {

    private static final String SCHEME = "jdbc:postgresql:";

    /** PostgreSQL cuts longer names without a word. */
    private static final int LONGEST_NAME = 63;

    private static final Pattern SCHEMA = Pattern.compile("(?!pg_)[a-z_][a-z0-9_]{0,62}");
    private static final Pattern LOGIN = Pattern.compile("[?&](user|password|currentSchema)=|//[^/]*@");

    private final Function<String, Optional<String>> text;
    private final List<String> faults;

    /**
     * @param text returns the text of a setting, if it is set and not empty
     * @param faults gets what is wrong
     */
    JournalPlaceReader(Function<String, Optional<String>> text, List<String> faults) {
        this.text = text;
        this.faults = faults;
    }

    /**
     * Returns where the journal is.
     *
     * @param state the state folder
     * @param lease how long an owner that is gone stays the owner
     * @param renewal how often the owner renews its lease
     */
    JournalPlace read(Path state, Duration lease, Duration renewal) {
        Optional<String> url = text.apply("drop.journal");
        if (url.isEmpty()) {
            return new JournalPlace.Folder(state);
        }
        if (!url.get().startsWith(SCHEME)) {
            faults.add("drop.journal is not the address of a PostgreSQL database: expected " + SCHEME
                    + "//HOST/DATABASE, or nothing for a journal in the state folder");
        } else if (LOGIN.matcher(url.get()).find()) {
            // It may have a password.
            faults.add(
                    "drop.journal has a user, a password or a schema in it: expected " + SCHEME
                            + "//HOST/DATABASE alone, and drop.journal-user, drop.journal-password and drop.journal-schema beside it");
        }
        String account = account();
        return new JournalPlace.Postgres(
                state,
                url.get(),
                text.apply("drop.journal-user").orElse(""),
                PasswordSetting.read("drop.journal-password", text, faults).orElse(""),
                schema(account),
                account,
                lease,
                renewal);
    }

    private String account() {
        Optional<String> baseUrl = text.apply("kommo.base-url");
        if (baseUrl.isEmpty()) {
            faults.add(
                    "drop.journal is set and kommo.base-url is not: expected both, because each account has a journal of"
                            + " its own in the database");
        }
        return baseUrl.orElse("")
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^https?://", "")
                .replaceAll("/+$", "");
    }

    private String schema(String account) {
        Optional<String> given = text.apply("drop.journal-schema");
        if (given.isEmpty()) {
            return schemaOf(account);
        }
        if (!SCHEMA.matcher(given.get()).matches()) {
            faults.add(
                    "drop.journal-schema = '" + given.get()
                            + "': expected a name of at most 63 letters a to z, digits and _, not beginning with a digit or pg_");
        } else if (given.get().equals(JournalPlace.Postgres.SHARED_SCHEMA)) {
            faults.add("drop.journal-schema = '" + given.get()
                    + "': expected another name; this schema has the tables that all accounts of a database share");
        }
        return given.get();
    }

    static String schemaOf(String account) {
        String name = "catalog_drop_" + account.replaceAll("[^a-z0-9]+", "_");
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        CRC32 sum = new CRC32();
        sum.update(account.getBytes(StandardCharsets.UTF_8));
        return name.substring(0, LONGEST_NAME - 9) + "_%08x".formatted(sum.getValue());
    }
}
