package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.catalogdrop.mapping.rule.LineFaults;
import org.catalogdrop.mapping.rule.Rule;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.mapping.value.ValueType;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Account.Catalog;
import org.catalogdrop.model.Account.Field;

/**
 * Resolves the names of a mapping file in an account, like {@link FieldSearch}. A name that is not certain is a fault. Used by one
 * thread.
 */
public final class NameSearch {

    private final MappingFile file;
    private final Account account;
    private final LineFaults faults;
    private final ResolvedNames.Notes notes = new ResolvedNames.Notes();

    private NameSearch(MappingFile file, Account account) {
        this.file = file;
        this.account = account;
        this.faults = new LineFaults(file.name());
    }

    /**
     * Returns the ids of the names of a mapping file.
     *
     * @param defaultCatalog the list if the file names none
     * @throws MappingRefused with all names that were not found, or not with certainty, and what may have been meant
     */
    public static ResolvedNames find(MappingFile file, Account account, OptionalLong defaultCatalog)
            throws MappingRefused {
        NameSearch search = new NameSearch(file, account);
        search.notes.account(account.id());
        search.catalog(defaultCatalog).ifPresent(search::fields);
        if (!search.faults.texts().isEmpty()) {
            throw new MappingRefused(search.faults.texts());
        }
        return search.notes.names();
    }

    private Optional<Catalog> catalog(OptionalLong defaultCatalog) {
        Optional<String> named = file.catalog()
                .or(() -> defaultCatalog.isPresent()
                        ? Optional.of(Long.toString(defaultCatalog.getAsLong()))
                        : Optional.empty());
        if (named.isEmpty()) {
            faults.add(1, "'catalog' is missing and kommo.catalog-id is not set, so the list of the fields is unknown");
            return Optional.empty();
        }
        String text = named.get();
        Optional<Catalog> found = UnsignedNumber.of(text) > 0
                ? account.catalogs().stream()
                        .filter(one -> one.id() == UnsignedNumber.of(text))
                        .findFirst()
                : Optional.empty();
        if (found.isEmpty()) {
            found = FieldSearch.only(
                    account.catalogs(),
                    Catalog::name,
                    Catalog::id,
                    text,
                    "list",
                    List.of(),
                    fault -> faults.add(1, fault));
        }
        found.ifPresent(catalog -> notes.catalog(text, catalog.id()));
        return found;
    }

    private void fields(Catalog catalog) {
        for (Rule rule : file.rules()) {
            field(catalog, rule).ifPresent(field -> {
                refuseSecond(rule, field);
                notes.field(rule.field(), field.id(), field.type());
                check(rule, field);
            });
        }
    }

    /**
     * Refuses a field that two rules name, for example one by its name and one by its id. Several rules for parts of one field are
     * allowed.
     */
    private void refuseSecond(Rule rule, Field field) {
        for (Rule other : file.rules()) {
            if (other.line() < rule.line()
                    && !other.field().equals(rule.field())
                    && notes.names().field(other.field()).equals(Optional.of(Long.toString(field.id())))
                    && (rule.subtype().isEmpty()
                            || other.subtype().isEmpty()
                            || other.subtype().equals(rule.subtype()))) {
                faults.add(rule.line(), rule.describe() + " is also the field of line " + other.line());
            }
        }
    }

    private Optional<Field> field(Catalog catalog, Rule rule) {
        if (rule.isById()) {
            Optional<Field> byId = catalog.fields().stream()
                    .filter(one -> one.id() == UnsignedNumber.of(rule.field()))
                    .findFirst();
            if (byId.isEmpty()) {
                faults.add(
                        rule.line(),
                        "list " + Quoted.text(catalog.name()) + " has no field " + rule.field() + "; it has "
                                + catalog.fields().stream()
                                        .map(one -> one.id() + " " + Quoted.text(one.name()))
                                        .collect(Collectors.joining(", ")));
            }
            return byId;
        }
        return FieldSearch.named(catalog, rule.field(), fault -> faults.add(rule.line(), fault));
    }

    private void check(Rule rule, Field field) {
        if (!rule.type().fits(field.type())) {
            faults.add(
                    rule.line(),
                    rule.describe() + " does not take type: " + rule.type().word() + "; write type: "
                            + ValueType.meantFor(field.type()).word());
        }
        if (rule.type() == ValueType.OPTIONS) {
            field.options().forEach((id, label) -> notes.option(field.id(), label, id));
            labels(rule, field);
        }
        if (rule.shiftsTimes()) {
            if (account.zone().isEmpty()) {
                faults.add(
                        rule.line(),
                        "the account does not say its time zone"
                                + (rule.format().zone().isPresent()
                                        ? "; remove 'zone'"
                                        : ", in which times with an offset are sent; write them without one"));
            }
            notes.zone(account.zone());
        }
    }

    private void labels(Rule rule, Field field) {
        Labels known = new Labels(notes.names().options(Long.toString(field.id())), java.util.Map.of(), rule.format());
        List<String> unknown = new ArrayList<>();
        rule.labels().values().forEach(label -> {
            if (known.of(label).isEmpty()) {
                unknown.add(Quoted.text(label)
                        + Suggestions.hint(label, field.options().values()));
            }
        });
        if (!unknown.isEmpty()) {
            faults.add(
                    rule.line(),
                    rule.describe() + " has no option, or more than one, with the label " + String.join(", ", unknown));
        }
    }
}
