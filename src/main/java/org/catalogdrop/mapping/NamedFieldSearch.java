package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Account.Catalog;
import org.catalogdrop.model.Account.Field;

/** Resolves the names or codes of fields in the columns of a drop with standard columns. Used by one thread. */
public final class NamedFieldSearch {

    /** The most faults that are reported; a completely wrong header needs no more. */
    private static final int MOST_TOLD = 20;

    private final Catalog catalog;
    private final List<String> faults = new ArrayList<>();
    private final ResolvedNames.Notes notes = new ResolvedNames.Notes();

    private NamedFieldSearch(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Returns the ids of the columns' names.
     *
     * @throws MappingRefused with all names that were not found, or not with certainty, and what may have been meant
     */
    public static ResolvedNames find(NamedFields asked, Account account) throws MappingRefused {
        NamedFieldSearch search = new NamedFieldSearch(catalog(asked, account));
        search.notes.account(account.id());
        asked.columns().stream().sorted().forEach(search::column);
        if (!search.faults.isEmpty()) {
            int more = search.faults.size() - MOST_TOLD;
            List<String> reported =
                    new ArrayList<>(search.faults.stream().limit(MOST_TOLD).toList());
            if (more > 0) {
                reported.add("The same is true of " + more + " more columns.");
            }
            throw new MappingRefused(reported);
        }
        return search.notes.names();
    }

    private static Catalog catalog(NamedFields asked, Account account) throws MappingRefused {
        if (asked.lists().isEmpty()) {
            throw new MappingRefused(List.of(
                    "Its rows name no list and kommo.catalog-id is not set, so the list of the fields is unknown."));
        }
        if (asked.lists().size() > 1) {
            throw new MappingRefused(
                    List.of(
                            "Its rows go to the lists "
                                    + asked.lists().stream()
                                            .sorted()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(", "))
                                    + ", but a field name is valid in one list only. Write the ids of the fields, or make one drop for each list."));
        }
        long id = asked.lists().iterator().next();
        return account.catalogs().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> new MappingRefused(List.of("The account has no list " + id + "; it has "
                        + account.catalogs().stream()
                                .map(one -> one.id() + " " + Quoted.text(one.name()))
                                .collect(Collectors.joining(", "))
                        + ".")));
    }

    private void column(String column) {
        String rest = NamedFields.rest(column);
        int colon = rest.lastIndexOf(':');
        String place = "column " + Quoted.text(column) + ": ";
        Optional<Field> whole = colon < 0 ? Optional.empty() : find(rest, ignored -> {});
        String name = colon < 0 ? rest : rest.substring(0, colon).strip();
        Optional<Field> field =
                whole.isPresent() ? find(name, ignored -> {}) : find(name, fault -> faults.add(place + fault + "."));
        if (whole.isPresent() && field.isPresent()) {
            faults.add(place + "it is the name of field " + whole.get().id() + " and a part of field "
                    + field.get().id() + "; write the id instead.");
        } else if (whole.isPresent()) {
            note(column, rest, whole.get(), "");
        } else if (field.isPresent()) {
            note(column, name, field.get(), colon < 0 ? "" : rest.substring(colon));
        }
    }

    private Optional<Field> find(String name, Consumer<String> fault) {
        return FieldSearch.named(catalog, name, fault);
    }

    private void note(String column, String name, Field field, String part) {
        notes.field(name, field.id(), field.type());
        notes.column(column, Column.FIELD + field.id() + part);
    }
}
