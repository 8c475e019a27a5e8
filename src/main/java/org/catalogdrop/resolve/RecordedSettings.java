package org.catalogdrop.resolve;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.row.FormatHints;

/**
 * The settings that gave the rows of a drop their meaning, as the journal keeps them in one line of text. Immutable.
 *
 * @param account the account's host; empty if an earlier version wrote the line
 * @param readAs charset, delimiter and quote, see {@link FormatCodec}; empty if an earlier version wrote the line
 * @param catalog {@code kommo.catalog-id}
 * @param mapping the mapping file with its digest; empty for the standard columns
 */
public record RecordedSettings(
        Optional<String> account, Optional<String> readAs, OptionalLong catalog, String mapping) {

    private static final String ACCOUNT = "account=";
    private static final String READ_AS = "read-as=";
    private static final String CATALOG = "catalog-id=";
    private static final String MAPPING = ";mapping=";

    public static RecordedSettings of(String line) {
        int mapping = line.indexOf(MAPPING);
        String rest = mapping < 0 ? line : line.substring(0, mapping);
        Optional<String> account = Optional.empty();
        if (rest.startsWith(ACCOUNT)) {
            account = Optional.of(rest.substring(ACCOUNT.length(), rest.indexOf(';')));
            rest = rest.substring(rest.indexOf(';') + 1);
        }
        Optional<String> readAs = Optional.empty();
        if (rest.startsWith(READ_AS)) {
            readAs = Optional.of(rest.substring(READ_AS.length(), rest.indexOf(';')));
            rest = rest.substring(rest.indexOf(';') + 1);
        }
        String catalog = rest.replace(CATALOG, "");
        return new RecordedSettings(
                account,
                readAs,
                catalog.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(catalog)),
                mapping < 0 ? "" : line.substring(mapping + MAPPING.length()));
    }

    /** Returns the current account, without any other setting. */
    public static RecordedSettings ofAccount(Settings.Api api) {
        return new RecordedSettings(Optional.of(host(api)), Optional.empty(), OptionalLong.empty(), "");
    }

    /** Returns the current account and default list, without any other setting. */
    public static RecordedSettings ofTarget(Settings.Api api) {
        return new RecordedSettings(Optional.of(host(api)), Optional.empty(), api.catalogId(), "");
    }

    /** Returns the host of the account. The port does not identify an account. */
    public static String host(Settings.Api api) {
        return api.account().replaceFirst(":\\d+$", "");
    }

    /** Returns whether both are of one account, as far as that is known. */
    public boolean isSameAccount(RecordedSettings other) {
        return account.isEmpty() || other.account.isEmpty() || account.equals(other.account);
    }

    /** Returns whether rows that name no list go to the same list of the same account. */
    public boolean isSameTarget(RecordedSettings other) {
        return isSameAccount(other) && Objects.equals(catalog, other.catalog);
    }

    /** Returns how the drop was read, for a pass that must read it in the same way. */
    public Optional<FormatHints> expected() {
        return readAs.map(parts -> parts.split(","))
                .filter(parts -> parts.length >= 3)
                .map(parts -> new FormatHints(
                        Optional.of(Charset.forName(parts[0])),
                        Optional.of(FormatCodec.sign(parts[1])),
                        Optional.of(new FormatHints.Quote(
                                parts[2].equals("none") ? Optional.empty() : Optional.of(FormatCodec.sign(parts[2])))),
                        FormatCodec.table(Arrays.asList(parts))));
    }

    /** Returns account and default list as a text for people. */
    public String target() {
        return account.orElse("an account that is not recorded") + ", "
                + (catalog.isPresent() ? "list " + catalog.getAsLong() : "without a default list");
    }

    String line() {
        return account.map(one -> ACCOUNT + one + ";").orElse("")
                + readAs.map(one -> READ_AS + one + ";").orElse("")
                + (catalog.isPresent() ? CATALOG + catalog.getAsLong() : "")
                + (mapping.isEmpty() ? "" : MAPPING + mapping);
    }
}
