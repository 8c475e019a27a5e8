package org.catalogdrop.preview;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.NameSearch;
import org.catalogdrop.mapping.ResolvedNames;
import org.catalogdrop.mapping.rule.CellSource;
import org.catalogdrop.mapping.rule.Rule;
import org.catalogdrop.mapping.yaml.MappingParser;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Skip;
import org.catalogdrop.model.Upsert;
import org.catalogdrop.model.Verdict;
import org.catalogdrop.resolve.FormatCodec;
import org.catalogdrop.resolve.HeaderCheck;
import org.catalogdrop.resolve.MappingFolder;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.resolve.ResolvedMapping.OfFile;

/** Tries a mapping file on the first rows of a drop, with the code that a load uses. Safe for many threads. */
public final class MappingTrial {

    private final OptionalLong catalog;
    private final Settings.Drops drops;
    private final MappingFolder folder;

    public MappingTrial(OptionalLong catalog, Settings.Drops drops, Settings.Folders folders) {
        this.catalog = catalog;
        this.drops = drops;
        this.folder = new MappingFolder(folders.mappings());
    }

    /**
     * What came of it.
     *
     * @param faults why the mapping file cannot be used; empty if it can
     * @param targets what the rows give: the name and the fields
     * @param rows the first rows
     */
    public record Trial(List<String> faults, List<String> targets, List<TriedRow> rows) {

        private static Trial refused(List<String> faults) {
            return new Trial(faults, List.of(), List.of());
        }

        /** Returns how many of the rows would be rejected. */
        public long rejects() {
            return rows.stream().filter(row -> row.problem().isPresent()).count();
        }
    }

    /**
     * A row.
     *
     * @param row its number
     * @param line its line
     * @param action what it asks for; {@code skipped} if it is left out, empty if it is rejected
     * @param cells one for each target
     * @param problem why it is rejected
     */
    public record TriedRow(long row, long line, String action, List<TriedCell> cells, Optional<Problem> problem) {}

    /**
     * What a row gives to a target.
     *
     * @param text the text in the file; empty if the target has another source
     * @param value the value that would be sent; empty if there is none
     * @param atFault whether the row is rejected for this cell
     */
    public record TriedCell(String text, String value, boolean atFault) {}

    /**
     * Checks a mapping file without a drop.
     *
     * @param name its name, for messages
     * @param text its content
     * @param account explains the names of the mapping file
     */
    public Trial check(String name, String text, Account account) {
        try {
            OfFile meaning = meaning(name, text, account);
            return new Trial(
                    List.of(),
                    Target.of(meaning, account).stream().map(Target::title).toList(),
                    List.of());
        } catch (MappingRefused faulty) {
            return Trial.refused(faulty.faults());
        } catch (DropRefused | RunHalted refused) {
            return Trial.refused(List.of(refused.getMessage()));
        }
    }

    private OfFile meaning(String name, String text, Account account) throws MappingRefused {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        MappingFile parsed = MappingParser.parse(name, content);
        ResolvedNames names = parsed.needsAccount() ? NameSearch.find(parsed, account, catalog) : ResolvedNames.NONE;
        return new OfFile(parsed, content, Optional.of(names), catalog);
    }

    /**
     * Tries a mapping file.
     *
     * @param name its name, for messages
     * @param text its content
     * @param file the drop
     * @param drop the name of the drop
     * @param account explains the names of the mapping file
     * @param most how many rows are tried
     */
    public Trial of(String name, String text, Path file, String drop, Account account, int most) {
        try {
            OfFile meaning = meaning(name, text, account);
            return tried(meaning, glance(meaning, file, drop), account, most);
        } catch (MappingRefused faulty) {
            return Trial.refused(faulty.faults());
        } catch (DropRefused | RunHalted refused) {
            return Trial.refused(List.of(refused.getMessage()));
        } catch (IOException unreadable) {
            return Trial.refused(List.of("the file cannot be read: " + unreadable.getMessage()));
        }
    }

    private Drop glance(OfFile meaning, Path file, String drop) {
        MappingFile parsed = meaning.file();
        return new DropInspector(
                        drops.limits(),
                        parsed.columns(),
                        FormatCodec.expected(drops.expected(), parsed.csv(), parsed.table()))
                .glance(file, drop);
    }

    private Trial tried(OfFile meaning, Drop drop, Account account, int most) throws IOException {
        List<Target> targets = Target.of(meaning, account);
        List<TriedRow> rows = new ArrayList<>();
        try (DropReader reading = DropReader.open(drop, drops.limits())) {
            Iterator<Row> all = first(meaning, drop, reading);
            Mapping mapping = meaning.mapping();
            while (rows.size() < most && all.hasNext()) {
                Row row = all.next();
                rows.add(tried(row, mapping.verdict(row), targets));
            }
        }
        return new Trial(List.of(), targets.stream().map(Target::title).toList(), rows);
    }

    /** Returns the rows, if their columns are those of the mapping. */
    private Iterator<Row> first(ResolvedMapping meaning, Drop drop, DropReader reading) throws IOException {
        return new HeaderCheck(folder, drop, drops.limits(), false).checkWhole(meaning, reading.rows());
    }

    private static TriedRow tried(Row row, Verdict verdict, List<Target> targets) {
        Optional<Problem> problem = verdict instanceof Reject reject ? Optional.of(reject.problem()) : Optional.empty();
        Map<String, String> values = values(verdict, targets);
        String action = verdict instanceof Operation operation
                ? operation.action().word()
                : verdict instanceof Upsert ? "add or update" : verdict instanceof Skip ? "skipped" : "";
        List<TriedCell> cells = targets.stream()
                .map(target -> new TriedCell(
                        target.columns().stream()
                                .map(column -> CellText.of(row, column))
                                .collect(Collectors.joining(" + ")),
                        values.getOrDefault(target.key(), ""),
                        problem.filter(why -> target.reads(why.column())).isPresent()))
                .toList();
        return new TriedRow(row.number(), row.line(), action, cells, problem);
    }

    private static Map<String, String> values(Verdict verdict, List<Target> targets) {
        Map<String, String> values = new LinkedHashMap<>();
        if (verdict instanceof Operation.Add add) {
            values.put(Target.NAME, add.name());
            addAll(add.fields(), targets, values);
        } else if (verdict instanceof Operation.Update update) {
            values.put(Target.NAME, update.name());
            values.put(Target.ID, Long.toString(update.id()));
            addAll(update.fields(), targets, values);
        } else if (verdict instanceof Operation.Delete delete) {
            values.put(Target.ID, Long.toString(delete.element().orElse(0)));
        } else if (verdict instanceof Upsert upsert) {
            values.put(Target.NAME, upsert.name());
            addAll(upsert.fields(), targets, values);
        }
        return values;
    }

    private static void addAll(List<CustomField> fields, List<Target> targets, Map<String, String> values) {
        for (CustomField field : fields) {
            Optional<Target> whole =
                    targets.stream().filter(one -> one.key().equals(field.id())).findFirst();
            whole.ifPresent(target -> values.put(
                    field.id(),
                    field.values().isEmpty()
                            ? "(cleared)"
                            : field.values().stream().map(target::shown).collect(Collectors.joining(" | "))));
            for (CustomField.Value value : field.values()) {
                if (value instanceof CustomField.WithSubtype part) {
                    values.put(field.id() + ":" + part.subtype(), part.value());
                }
            }
        }
    }

    /**
     * What a value goes to.
     *
     * @param key {@link #NAME}, {@link #ID}, or the field's id with its part
     * @param title its name for a person
     * @param columns the columns that it is read from
     * @param options the labels of its options
     */
    private record Target(String key, String title, List<String> columns, Map<Long, String> options) {

        private static final String NAME = "name";
        private static final String ID = "id";

        private static List<Target> of(OfFile meaning, Account account) {
            List<Target> targets = new ArrayList<>();
            MappingFile file = meaning.file();
            file.elements().id().ifPresent(source -> targets.add(new Target(ID, "id", source.columns(), Map.of())));
            file.elements()
                    .name()
                    .ifPresent(source -> targets.add(new Target(NAME, "name", source.columns(), Map.of())));
            file.rules().forEach(rule -> targets.add(of(rule, meaning.names().orElseThrow(), account)));
            return targets;
        }

        private static Target of(Rule rule, ResolvedNames names, Account account) {
            String id = names.field(rule.field()).orElse(rule.field());
            Optional<Account.Field> field = account.catalogs().stream()
                    .flatMap(list -> list.fields().stream())
                    .filter(one -> Long.toString(one.id()).equals(id))
                    .findFirst();
            String part = rule.subtype().isEmpty() ? "" : ":" + rule.subtype();
            CellSource source = rule.source();
            return new Target(
                    id + part,
                    field.map(Account.Field::name).orElse(rule.field()) + part,
                    source.columns(),
                    field.map(Account.Field::options).orElse(Map.of()));
        }

        private boolean reads(String column) {
            String folded = NormalizedName.folded(column);
            return columns.stream().anyMatch(one -> NormalizedName.folded(one).equals(folded))
                    || (columns.size() > 1 && String.join("+", columns).equals(column));
        }

        private String shown(CustomField.Value value) {
            if (value instanceof CustomField.Plain plain) {
                return label(plain.value());
            }
            if (value instanceof CustomField.Option option) {
                return label(option.enumId());
            }
            if (value instanceof CustomField.WithEnum kind) {
                return kind.value() + " (" + kind.enumId() + ")";
            }
            return value instanceof CustomField.WithSubtype part
                    ? part.value()
                    : ((CustomField.Raw) value).json().toString();
        }

        private String label(String text) {
            return text.matches("\\d{1,18}") ? options.getOrDefault(Long.parseLong(text), text) : text;
        }
    }
}
