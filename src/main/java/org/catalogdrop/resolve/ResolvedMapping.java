package org.catalogdrop.resolve;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.mapping.MappingCompiler;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.NamedFields;
import org.catalogdrop.mapping.ResolvedNames;
import org.catalogdrop.mapping.StandardMapping;
import org.catalogdrop.mapping.rule.CsvSettings;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.mapping.rule.RejectBudget;
import org.catalogdrop.model.Sha256;
import org.catalogdrop.model.Table;

/** The mapping of a drop, with the ids of its names once they are known. Immutable. */
public sealed interface ResolvedMapping {

    /** Returns the mapping for one pass over the rows. */
    Mapping mapping();

    /** Returns the name in {@code summary.json}. */
    String displayName();

    /** Returns the text in the journal's entry of the drop; empty for standard columns with ids. */
    default String recorded() {
        return displayName();
    }

    private static String digest(ResolvedNames names) {
        return sha256(new TreeMap<>(names.values()).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }

    /** Returns the list for rows that name none, as far as it is known. */
    OptionalLong list();

    /** Returns whether it names the list for rows that name none. */
    default boolean namesList() {
        return false;
    }

    /** Returns the columns that have a meaning besides the standard ones. */
    default Set<String> columns() {
        return Set.of();
    }

    /** Returns where the keys of its rows are in the account, if they are upserts. */
    default Optional<KeyLocation> keyPlace() {
        return isUnnamed() ? Optional.empty() : mapping().keyPlace();
    }

    /** Returns whether its rows have keys, so that loading the same bytes twice does nothing twice. */
    default boolean isByKey() {
        return false;
    }

    /** Returns how many rows may be rejected before they are sent, if it limits that. */
    default Optional<RejectBudget> onReject() {
        return Optional.empty();
    }

    /** Returns the name of its file; empty if it has none. */
    default String fileName() {
        return "";
    }

    /** Returns the CSV settings of the mapping file. */
    default CsvSettings csv() {
        return CsvSettings.NONE;
    }

    /** Returns where the table is in the file. */
    default Table table() {
        return Table.PLAIN;
    }

    /** Returns whether the account must be asked for ids first. */
    default boolean isUnnamed() {
        return false;
    }

    /**
     * The standard columns.
     *
     * @param catalog the list for rows that name none
     * @param fields the fields that the columns name
     * @param names the ids of these names; empty until the account was asked
     */
    record Standard(OptionalLong catalog, NamedFields fields, Optional<ResolvedNames> names)
            implements ResolvedMapping {

        /** The name in {@code summary.json}, and the name under which the journal keeps the ids. */
        static final String NAME = "standard columns";

        /** The character before their digest. That of a mapping file has another one, because rejects name the file. */
        static final char SIGN = '#';

        /** Returns standard columns that give all fields by id. */
        static Standard ofIds(OptionalLong catalog) {
            return new Standard(catalog, NamedFields.NONE, Optional.empty());
        }

        Standard named(ResolvedNames found) {
            return new Standard(catalog, fields, Optional.of(found));
        }

        @Override
        public Mapping mapping() {
            return new StandardMapping(catalog, names.orElse(ResolvedNames.NONE));
        }

        @Override
        public boolean isUnnamed() {
            return !fields.isEmpty() && names.isEmpty();
        }

        /** Returns the SHA-256 of the ids; a question mark while they are not known, empty if there are no names. */
        String digest() {
            return names.map(ResolvedMapping::digest).orElse(fields.isEmpty() ? "" : "?");
        }

        @Override
        public String recorded() {
            return digest().isEmpty() ? "" : displayName();
        }

        @Override
        public OptionalLong list() {
            return catalog;
        }

        @Override
        public String displayName() {
            return digest().isEmpty() ? NAME : NAME + SIGN + digest();
        }
    }

    /**
     * A mapping file.
     *
     * @param file the parsed file
     * @param content its bytes
     * @param names the ids of its names; empty until the account was asked
     * @param catalog the list if the file names none
     */
    record OfFile(MappingFile file, byte[] content, Optional<ResolvedNames> names, OptionalLong catalog)
            implements ResolvedMapping {

        private static final int SHORT = 8;

        @Override
        public Mapping mapping() {
            return MappingCompiler.of(file, names.orElseThrow(), catalog);
        }

        @Override
        public boolean namesList() {
            return file.catalog().isPresent();
        }

        @Override
        public OptionalLong list() {
            if (file.catalog().isEmpty()) {
                return catalog;
            }
            long named = names.map(known ->
                            MappingCompiler.of(file, known, catalog).list().id())
                    .orElse(0L);
            return named == 0 ? OptionalLong.empty() : OptionalLong.of(named);
        }

        @Override
        public Set<String> columns() {
            return file.columns();
        }

        @Override
        public boolean isByKey() {
            return file.isUpsert();
        }

        @Override
        public Optional<RejectBudget> onReject() {
            return file.onReject();
        }

        @Override
        public String fileName() {
            return file.name();
        }

        @Override
        public CsvSettings csv() {
            return file.csv();
        }

        @Override
        public Table table() {
            return file.table();
        }

        @Override
        public boolean isUnnamed() {
            return names.isEmpty();
        }

        @Override
        public String displayName() {
            return file.name() + "@" + digest();
        }

        /**
         * Returns the SHA-256 of the file, followed by a dash and a short digest of the ids if it has names; a question mark while they
         * are not known.
         */
        String digest() {
            if (names.isEmpty()) {
                return "?";
            }
            String bytes = ResolvedMapping.sha256(content);
            return names.get().values().isEmpty()
                    ? bytes
                    : bytes + "-" + ResolvedMapping.digest(names.get()).substring(0, SHORT);
        }

        public OfFile named(ResolvedNames found) {
            return new OfFile(file, content, Optional.of(found), catalog);
        }
    }
}
