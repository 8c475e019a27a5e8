package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Account.Catalog;
import org.catalogdrop.model.Account.Field;

/**
 * Finds in an account what a mapping file names. A name is found if it is written the same; failing that, if it is the only one that
 * differs in letter case and white space alone. Whatever is not certain is a fault.
 */
public final class NameSearch {

    private final MappingFile file;
    private final Account account;
    private final YamlReader faults;
    private final Names.Notes notes = new Names.Notes();

    private NameSearch(MappingFile file, Account account) {
        this.file = file;
        this.account = account;
        this.faults = new YamlReader(file.name());
    }

    /**
     * The names of a mapping file.
     *
     * @param defaultCatalog the list if the file names none
     * @throws MappingRefused with all that was not found, or not for certain, and what may have been meant
     */
    public static Names find(MappingFile file, Account account, OptionalLong defaultCatalog) throws MappingRefused {
        NameSearch search = new NameSearch(file, account);
        search.notes.account(account.id());
        search.catalog(defaultCatalog).ifPresent(search::fields);
        if (!search.faults.faults().isEmpty()) {
            throw new MappingRefused(search.faults.faults());
        }
        return search.notes.names();
    }

    private Optional<Catalog> catalog(OptionalLong defaultCatalog) {
        Optional<String> told = file.catalog()
                .or(() -> defaultCatalog.isPresent()
                        ? Optional.of(Long.toString(defaultCatalog.getAsLong()))
                        : Optional.empty());
        if (told.isEmpty()) {
            faults.fault(1, "'catalog' is missing and kommo.catalog-id is not set; fields are those of a list");
            return Optional.empty();
        }
        String text = told.get();
        Optional<Catalog> found = Whole.of(text) > 0
                ? account.catalogs().stream()
                        .filter(one -> one.id() == Whole.of(text))
                        .findFirst()
                : Optional.empty();
        if (found.isEmpty()) {
            found = only(account.catalogs(), Catalog::name, text, 1, "list");
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

    /** One by its name and one by its id, say; parts of a field are several on purpose. */
    private void refuseSecond(Rule rule, Field field) {
        for (Rule other : file.rules()) {
            if (other.line() < rule.line()
                    && !other.field().equals(rule.field())
                    && notes.names().field(other.field()).equals(Optional.of(Long.toString(field.id())))
                    && (rule.subtype().isEmpty()
                            || other.subtype().isEmpty()
                            || other.subtype().equals(rule.subtype()))) {
                faults.fault(rule.line(), rule.told() + " is the field of line " + other.line() + " as well");
            }
        }
    }

    private Optional<Field> field(Catalog catalog, Rule rule) {
        if (rule.isById()) {
            Optional<Field> byId = catalog.fields().stream()
                    .filter(one -> one.id() == Whole.of(rule.field()))
                    .findFirst();
            if (byId.isEmpty()) {
                faults.fault(
                        rule.line(),
                        "list " + Shown.text(catalog.name()) + " has no field " + rule.field() + "; it has "
                                + catalog.fields().stream()
                                        .map(one -> one.id() + " " + Shown.text(one.name()))
                                        .collect(Collectors.joining(", ")));
            }
            return byId;
        }
        List<Field> byCode = catalog.fields().stream()
                .filter(one -> one.code().equals(rule.field()) && !one.name().equals(rule.field()))
                .toList();
        boolean named = catalog.fields().stream().anyMatch(one -> one.name().equals(rule.field()));
        if (!byCode.isEmpty() && !named) {
            return Optional.of(byCode.get(0));
        }
        if (named && !byCode.isEmpty()) {
            faults.fault(
                    rule.line(),
                    rule.told() + " is the name of one field and the code of another; write the id instead");
            return Optional.empty();
        }
        return only(catalog.fields(), Field::name, rule.field(), rule.line(), "field");
    }

    private <T> Optional<T> only(List<T> all, Function<T, String> name, String text, int line, String what) {
        List<T> found = all.stream().filter(one -> name.apply(one).equals(text)).toList();
        if (found.isEmpty()) {
            String plain = Nearest.plain(text);
            found = all.stream()
                    .filter(one -> Nearest.plain(name.apply(one)).equals(plain))
                    .toList();
        }
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        }
        List<String> names = all.stream().map(name).toList();
        faults.fault(
                line,
                found.isEmpty()
                        ? "the account has no " + what + " " + Shown.text(text) + Nearest.hint(text, names)
                                + "; it has " + names.stream().map(Shown::text).collect(Collectors.joining(", "))
                        : "the account has " + found.size() + " of the name " + what + " " + Shown.text(text)
                                + "; write the id instead: "
                                + found.stream().map(NameSearch::id).toList());
        return Optional.empty();
    }

    private static String id(Object found) {
        return Long.toString(found instanceof Field field ? field.id() : ((Catalog) found).id());
    }

    private void check(Rule rule, Field field) {
        if (!rule.type().fits(field.type())) {
            faults.fault(
                    rule.line(),
                    rule.told() + " does not take type: " + rule.type().word() + "; write type: "
                            + Type.meantFor(field.type()).word());
        }
        if (rule.type() == Type.OPTIONS) {
            field.options().forEach((id, label) -> notes.option(field.id(), label, id));
            labels(rule, field);
        }
        if (rule.shiftsTimes()) {
            if (account.zone().isEmpty()) {
                faults.fault(rule.line(), "the account does not tell its time zone; leave out 'zone'");
            }
            notes.zone(account.zone());
        }
    }

    private void labels(Rule rule, Field field) {
        Labels known = new Labels(notes.names().options(Long.toString(field.id())), java.util.Map.of());
        List<String> unknown = new ArrayList<>();
        rule.labels().values().forEach(label -> {
            if (known.of(label).isEmpty()) {
                unknown.add(
                        Shown.text(label) + Nearest.hint(label, field.options().values()));
            }
        });
        if (!unknown.isEmpty()) {
            faults.fault(
                    rule.line(),
                    rule.told() + " has no option, or more than one, with the label " + String.join(", ", unknown));
        }
    }
}
