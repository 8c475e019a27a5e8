package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.model.Account.Catalog;
import org.catalogdrop.model.Account.Field;

/**
 * Finds one thing of an account by its name: the one with exactly this name; failing that, the only one whose name differs only in letter
 * case and white space. If that is not certain, it is a fault: a sentence without a full stop. Stateless.
 */
final class FieldSearch {

    private FieldSearch() {}

    /** Returns the field with this name or code. */
    static Optional<Field> named(Catalog catalog, String text, Consumer<String> fault) {
        List<Field> byCode = catalog.fields().stream()
                .filter(one -> one.code().equals(text) && !one.name().equals(text))
                .toList();
        boolean named = catalog.fields().stream().anyMatch(one -> one.name().equals(text));
        if (byCode.size() == 1 && !named) {
            return Optional.of(byCode.get(0));
        }
        if (named && !byCode.isEmpty()) {
            fault.accept("field " + Quoted.text(text)
                    + " is the name of one field and the code of another; write the id instead");
            return Optional.empty();
        }
        if (byCode.size() > 1) {
            fault.accept(several("field", text, byCode.stream().map(Field::id).toList()));
            return Optional.empty();
        }
        List<String> codes = catalog.fields().stream()
                .map(Field::code)
                .filter(code -> !code.isEmpty())
                .toList();
        return only(catalog.fields(), Field::name, Field::id, text, "field", codes, fault);
    }

    /**
     * Returns the only one with this name.
     *
     * @param others what else may have been meant besides the names
     */
    static <T> Optional<T> only(
            List<T> all,
            Function<T, String> name,
            Function<T, Long> id,
            String text,
            String what,
            Collection<String> others,
            Consumer<String> fault) {
        List<T> found = all.stream().filter(one -> name.apply(one).equals(text)).toList();
        if (found.isEmpty()) {
            String plain = Suggestions.plain(text);
            found = all.stream()
                    .filter(one -> Suggestions.plain(name.apply(one)).equals(plain))
                    .toList();
        }
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        }
        List<String> names = all.stream().map(name).toList();
        List<String> meant = new ArrayList<>(names);
        meant.addAll(others);
        fault.accept(
                found.isEmpty()
                        ? "the account has no " + what + " " + Quoted.text(text) + Suggestions.hint(text, meant)
                                + "; it has " + names.stream().map(Quoted::text).collect(Collectors.joining(", "))
                        : several(what, text, found.stream().map(id).toList()));
        return Optional.empty();
    }

    private static String several(String what, String text, List<Long> ids) {
        return "the account has " + ids.size() + " of the name " + what + " " + Quoted.text(text)
                + "; write the id instead: " + ids;
    }
}
