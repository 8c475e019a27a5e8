package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.catalogdrop.mapping.rule.ActionRule;
import org.catalogdrop.mapping.rule.CellSource;
import org.catalogdrop.mapping.rule.CsvSettings;
import org.catalogdrop.mapping.rule.DropPatterns;
import org.catalogdrop.mapping.rule.KeyRule;
import org.catalogdrop.mapping.rule.RejectBudget;
import org.catalogdrop.mapping.rule.Rule;
import org.catalogdrop.mapping.rule.SkipRule;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.model.Table;

/**
 * A parsed mapping file, checked as far as that is possible without the account. Immutable.
 *
 * @param name its file name
 * @param drops the names of the drops it is for
 * @param catalog the list, by id or name; empty for {@code kommo.catalog-id}
 * @param action how a row's action is determined
 * @param key the column with the natural key; an upsert needs it
 * @param elements the sources of an element's parts
 * @param rules the fields, in the order of the file
 * @param csv how the drop is written
 * @param table where the table is in the drop
 * @param onReject how many rows may be rejected before they are sent; empty if the settings decide
 * @param skipRows the rows that are skipped
 */
public record MappingFile(
        String name,
        DropPatterns drops,
        Optional<String> catalog,
        ActionRule action,
        Optional<String> key,
        Elements elements,
        List<Rule> rules,
        CsvSettings csv,
        Table table,
        Optional<RejectBudget> onReject,
        List<SkipRule> skipRows) {

    /**
     * The parts of an element with fixed names.
     *
     * @param name required if elements may be added; an update without one keeps the element's name
     * @param moment how {@code updatedAt} is written; its pattern is empty for unix seconds or ISO 8601
     * @param defaults its words for empty cells apply here too
     */
    public record Elements(
            Optional<CellSource> name,
            Optional<CellSource> id,
            Optional<CellSource> requestId,
            Optional<CellSource> updatedAt,
            ValueFormat moment,
            ValueFormat defaults) {

        Stream<CellSource> sources() {
            return Stream.of(name, id, requestId, updatedAt).flatMap(Optional::stream);
        }
    }

    /** Returns the columns it reads, in the order of their first use. */
    public Set<String> columns() {
        List<String> columns = new ArrayList<>();
        if (action instanceof ActionRule.ByColumn by) {
            columns.add(by.column());
        }
        key.ifPresent(columns::add);
        elements.sources().forEach(source -> columns.addAll(source.columns()));
        rules.forEach(rule -> columns.addAll(rule.source().columns()));
        skipRows.forEach(rule -> columns.add(rule.column()));
        return new LinkedHashSet<>(columns);
    }

    /** Returns the columns it reads that are missing among these, quoted, each with the one that may have been meant. */
    public List<String> missing(List<String> columns) {
        return new ColumnPositions(columns()).missing(columns);
    }

    /** Returns the first of the columns it reads that appears twice among these. */
    public Optional<String> twice(List<String> columns) {
        return new ColumnPositions(columns()).twice(columns);
    }

    /** Returns those of these columns that it does not read, without columns of rejects and columns without a name. */
    public List<String> unread(List<String> columns) {
        Set<String> read = columns();
        ColumnPositions headers = new ColumnPositions(read);
        return columns.stream()
                .filter(column -> !headers.reads(column) || headers.isPassedOver(column, columns))
                .filter(column -> Column.of(column).kind() != Column.Kind.IGNORED)
                .filter(column -> read.stream().noneMatch(path -> path.startsWith(column + ".")))
                .toList();
    }

    /** Returns a tracker for the rows of a JSON drop: which of its columns none of them has. */
    public ColumnsMet columnsMet() {
        return new ColumnsMet(columns());
    }

    /** Returns whether the key of a row decides if it is an add or an update. */
    public boolean isUpsert() {
        return action instanceof ActionRule.ByKey;
    }

    /** Returns whether elements whose key is in no row are deleted. */
    public boolean deletesMissing() {
        return action instanceof ActionRule.ByKey byKey && byKey.missing().isPresent();
    }

    /** Returns where the key of an upsert is sent. */
    public Optional<KeyRule> keyRule() {
        return key.filter(column -> action instanceof ActionRule.ByKey)
                .flatMap(column -> KeyRule.of(column, elements.name(), rules));
    }

    /** Returns whether it has a name whose id only the account knows. */
    public boolean needsAccount() {
        return catalog.filter(text -> UnsignedNumber.of(text) <= 0).isPresent()
                || rules.stream().anyMatch(Rule::needsAccount);
    }
}
