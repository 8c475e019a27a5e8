package org.catalogdrop.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Account.Catalog;
import org.catalogdrop.model.Account.Field;

/** Accounts for tests. */
public final class Accounts {

    private Accounts() {}

    /** The lists of a fresh sandbox, more or less. */
    public static Account sample() {
        return new Account("1", "Europe/Kyiv", List.of(products(), new Catalog(4221, "Services", List.of())));
    }

    static Account with(Field... fields) {
        return new Account("1", "UTC", List.of(new Catalog(4220, "Products", List.of(fields))));
    }

    private static Catalog products() {
        return new Catalog(
                4220,
                "Products",
                List.of(
                        field(49, "Vendor code", "SKU", 1),
                        field(51, "Price", "PRICE", 2),
                        field(62, "Multilist", "", 5, 1, "1", 2, "2", 3, "3"),
                        field(70, "Colour", "", 4, 601, "Red", 602, "Green"),
                        field(80, "Address", "", 13),
                        field(90, "Available", "", 3),
                        field(4400091, "Since", "", 6),
                        field(93, "Text", "", 9)));
    }

    /** @param options ids and labels in turn */
    static Field field(long id, String name, String code, int type, Object... options) {
        Map<Long, String> map = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(((Integer) options[i]).longValue(), options[i + 1].toString());
        }
        return new Field(id, name, code, type, map);
    }
}
