package org.catalogdrop.sandbox;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.sandbox.http.Item;
import org.catalogdrop.sandbox.http.Item.SentField;
import org.catalogdrop.sandbox.http.Item.SentValue;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.Catalogs;
import org.catalogdrop.sandbox.store.FieldType;
import org.catalogdrop.sandbox.store.Refused;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.catalogdrop.sandbox.store.StoredElement.Value;

/** Turns fields as sent into fields as stored, or refuses them. */
final class FieldCheck {
    /** The parts of a smart address, in the order of their numbers from 1. */
    private static final List<String> PARTS =
            List.of("address_line_1", "address_line_2", "city", "state", "zip", "country");

    private static final DateTimeFormatter STORED_DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private FieldCheck() {}

    static List<Field> check(Catalogs.Known list, Optional<List<SentField>> sent) throws Refused {
        List<Field> fields = new ArrayList<>();
        for (SentField one : sent.orElse(List.of())) {
            fields.add(field(list, one));
        }
        return fields;
    }

    private static Field field(Catalogs.Known list, SentField sent) throws Refused {
        CatalogField field = list.field(sent.id())
                .orElseThrow(() -> new Refused(Refused.UNKNOWN_FIELD, "Custom field not found: " + sent.id()));
        List<SentValue> values = sent.values().orElseThrow(() -> bad(field, "values must be an array"));
        List<Value> stored = new ArrayList<>(values.size());
        for (SentValue value : values) {
            if (isOption(field)) {
                stored.add(option(field, value));
            } else if (value.bare()) {
                throw bad(field, "a value must be an object with a value");
            } else if (!value.value().isEmpty()) {
                stored.add(plain(field, value));
            }
        }
        return new Field(field.id(), stored.size() == 1 ? List.of(stored.get(0)) : stored);
    }

    private static boolean isOption(CatalogField field) {
        return switch (field.type()) {
            case SELECT, MULTISELECT, RADIO -> true;
            default -> false;
        };
    }

    private static Value option(CatalogField field, SentValue sent) throws Refused {
        if (field.type() == FieldType.MULTISELECT && !sent.bare()) {
            throw bad(field, "a multilist takes bare option ids");
        }
        String id = sent.enumId().isEmpty() ? sent.value() : sent.enumId();
        if (!field.options().containsKey(Item.number(id))) {
            throw bad(field, "no option " + id);
        }
        return new Value("", id);
    }

    private static Value plain(CatalogField field, SentValue sent) throws Refused {
        String text = sent.value();
        return switch (field.type()) {
            case NUMERIC, PRICE -> new Value(number(field, text), "");
            case CHECKBOX -> new Value(checkbox(field, text), "");
            case DATE -> new Value(date(field, text), "");
            case SMART_ADDRESS -> new Value(text, part(field, sent.subtype()));
            default -> new Value(text, "");
        };
    }

    private static String number(CatalogField field, String text) throws Refused {
        try {
            if (!isPlainNumber(text)) {
                new BigDecimal(text);
            }
            return text;
        } catch (NumberFormatException e) {
            throw bad(field, "not a number: " + text);
        }
    }

    /** Returns whether a text is a usual number, of digits and at most one point, which needs no costly check. */
    private static boolean isPlainNumber(String text) {
        int point = text.indexOf('.');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != point && (c < '0' || c > '9')) {
                return false;
            }
        }
        return text.length() > (point < 0 ? 0 : 1);
    }

    private static String checkbox(CatalogField field, String text) throws Refused {
        return switch (text) {
            case "1", "true" -> "1";
            case "0", "false" -> "0";
            default -> throw bad(field, "a checkbox takes 0 or 1, not " + text);
        };
    }

    private static String date(CatalogField field, String text) throws Refused {
        try {
            String day = text.replace('/', '-');
            return day.length() > 10
                    ? STORED_DATE.format(LocalDateTime.parse(day, STORED_DATE))
                    : LocalDate.parse(day) + " 00:00:00";
        } catch (DateTimeException e) {
            throw bad(field, "not a date: " + text);
        }
    }

    private static String part(CatalogField field, String subtype) throws Refused {
        int named = PARTS.indexOf(subtype) + 1;
        long number = named > 0 ? named : Item.number(subtype);
        if (number < 1 || number > PARTS.size()) {
            throw bad(field, "no part of an address: " + subtype);
        }
        return Long.toString(number);
    }

    private static Refused bad(CatalogField field, String why) {
        return new Refused(Refused.BAD_FIELD, "Custom field " + field.id() + " (" + field.name() + "): " + why);
    }
}
