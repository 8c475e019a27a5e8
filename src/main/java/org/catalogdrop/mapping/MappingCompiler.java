package org.catalogdrop.mapping;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.MappedRow.ActionWords;
import org.catalogdrop.mapping.rule.ActionRule;
import org.catalogdrop.mapping.rule.CellSource;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.mapping.rule.KeyRule;
import org.catalogdrop.mapping.rule.Rule;
import org.catalogdrop.mapping.rule.SkipRule;
import org.catalogdrop.mapping.value.CellWords;
import org.catalogdrop.mapping.value.DateText;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.TargetList;

/** Compiles a mapping file to a mapping: everything that can be computed once is computed here, not for each row. Used by one thread. */
public final class MappingCompiler {

    private final MappingFile file;
    private final ResolvedNames names;
    private final ColumnPositions headers;

    MappingCompiler(MappingFile file, ResolvedNames names) {
        this.file = file;
        this.names = names;
        this.headers = new ColumnPositions(file.columns());
    }

    /**
     * Returns the mapping for one pass.
     *
     * @param names the ids of the file's names; {@link ResolvedNames#NONE} if it needs none
     * @param defaultCatalog the list if the file names none
     */
    public static FileMapping of(MappingFile file, ResolvedNames names, OptionalLong defaultCatalog) {
        return new MappingCompiler(file, names).mapping(defaultCatalog);
    }

    FileMapping mapping(OptionalLong defaultCatalog) {
        Map<Kind, ValuePick> picks = new EnumMap<>(Kind.class);
        Optional<KeyRule> keyRule = file.keyRule();
        MappingFile.Elements elements = file.elements();
        elements.name()
                .ifPresent(source -> picks.put(
                        Kind.NAME,
                        keyRule.filter(KeyRule.ToName.class::isInstance).isPresent()
                                ? ofKey(pick(source, "name"))
                                : pick(source, "name")));
        elements.id().ifPresent(source -> picks.put(Kind.ID, pick(source, "id")));
        elements.requestId().ifPresent(source -> picks.put(Kind.REQUEST_ID, pick(source, "request_id")));
        elements.updatedAt().ifPresent(source -> picks.put(Kind.UPDATED_AT, pick(source, "updated_at")));
        action().ifPresent(pick -> picks.put(Kind.ACTION, pick));
        Optional<DateText> dates = elements.moment().pattern().isEmpty()
                ? Optional.empty()
                : Optional.of(new DateText(elements.moment(), ZoneOffset.UTC));
        return new FileMapping(
                headers,
                new MappedRow.Parts(
                        picks, keyCell(), words(), dates, elements.defaults(), CellWords.ofEmpty(elements.defaults())),
                fields(),
                catalog(defaultCatalog),
                key(defaultCatalog),
                skippedRows());
    }

    private Optional<KeyLocation> key(OptionalLong defaultCatalog) {
        if (!(file.action() instanceof ActionRule.ByKey byKey)) {
            return Optional.empty();
        }
        return file.keyRule()
                .map(rule -> new KeyLocation(
                        catalog(defaultCatalog).id(),
                        fieldId(rule),
                        file.key().orElseThrow(),
                        byKey.unknown(),
                        byKey.known(),
                        byKey.gone(),
                        byKey.missing()));
    }

    private String fieldId(KeyRule rule) {
        if (rule instanceof KeyRule.ToField to) {
            String field = to.rule().field();
            return names.field(field).orElse(field);
        }
        return KeyLocation.NAME;
    }

    private SkippedRows skippedRows() {
        return new SkippedRows(
                file.skipRows().stream().map(this::entry).toList(),
                file.elements().defaults());
    }

    private SkippedRows.Entry entry(SkipRule rule) {
        List<ValueFormat> formats = formats(rule.column());
        return new SkippedRows.Entry(
                pick(new CellSource.Column(rule.column()), rule.column()),
                rule,
                new CellWords(rule.words(), formats),
                new CellWords(file.elements().defaults().emptyWords(), formats));
    }

    /** Returns how values of a column are written, according to the fields that read it, and else the defaults. */
    private List<ValueFormat> formats(String column) {
        List<ValueFormat> formats = new ArrayList<>();
        for (Rule rule : file.rules()) {
            if (rule.source().columns().contains(column)) {
                formats.add(rule.format());
            }
        }
        formats.add(file.elements().defaults());
        return formats;
    }

    private TargetList catalog(OptionalLong defaultCatalog) {
        if (file.catalog().isEmpty()) {
            return defaultCatalog.isPresent() ? TargetList.assumed(defaultCatalog.getAsLong()) : TargetList.UNKNOWN;
        }
        String text = file.catalog().get();
        return TargetList.named(UnsignedNumber.of(names.catalog(text).orElse(text)));
    }

    private ValuePick pick(CellSource source, String what) {
        if (source instanceof CellSource.Column column) {
            return new ValuePick.Cell(headers.number(column.name()), column.name());
        }
        if (source instanceof CellSource.Constant constant) {
            return new ValuePick.Fixed(constant.text(), what);
        }
        CellSource.Template template = (CellSource.Template) source;
        int[] numbers = template.columns().stream().mapToInt(headers::number).toArray();
        return new ValuePick.Composed(
                template.texts(), numbers, template.columns(), String.join("+", template.columns()));
    }

    private Optional<ValuePick.KeyCell> keyCell() {
        return file.keyRule()
                .flatMap(rule -> file.key())
                .map(column -> new ValuePick.KeyCell(new ValuePick.Cell(headers.number(column), column)));
    }

    private static ValuePick ofKey(ValuePick pick) {
        return pick instanceof ValuePick.Cell cell ? new ValuePick.KeyCell(cell) : pick;
    }

    private Optional<ValuePick> action() {
        if (file.action() instanceof ActionRule.Fixed fixed) {
            return Optional.of(new ValuePick.Fixed(fixed.action().word(), "action"));
        }
        return file.action() instanceof ActionRule.ByColumn by
                ? Optional.of(new ValuePick.Cell(headers.number(by.column()), by.column()))
                : Optional.empty();
    }

    private ActionWords words() {
        Map<String, String> words = new LinkedHashMap<>();
        if (file.action() instanceof ActionRule.ByColumn by) {
            by.words().forEach((word, action) -> words.put(word, action.word()));
            CellWords meant = new CellWords(words.keySet(), formats(by.column()));
            return new ActionWords(words, meant, by.otherwise().map(Action::word));
        }
        return new ActionWords(words, new CellWords(words.keySet(), List.of()), Optional.empty());
    }

    private List<FileMapping.Group> fields() {
        Map<String, List<FieldPlan>> byField = new LinkedHashMap<>();
        Set<String> replaced = new HashSet<>();
        for (Rule rule : file.rules()) {
            String id = names.field(rule.field()).orElse(rule.field());
            boolean isKey = file.keyRule()
                    .filter(key ->
                            key instanceof KeyRule.ToField to && to.rule().equals(rule))
                    .isPresent();
            ValuePick pick = pick(rule.source(), rule.field());
            FieldPlan plan =
                    new FieldPlan(rule, isKey ? ofKey(pick) : pick, Conversion.of(rule, names, id), names.type(id));
            byField.computeIfAbsent(id, one -> new ArrayList<>()).add(plan);
            if (rule.replace()) {
                replaced.add(id);
            }
        }
        return byField.entrySet().stream()
                .map(entry -> new FileMapping.Group(
                        entry.getKey(), List.copyOf(entry.getValue()), replaced.contains(entry.getKey())))
                .toList();
    }
}
