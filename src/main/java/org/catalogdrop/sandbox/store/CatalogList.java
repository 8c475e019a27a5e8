package org.catalogdrop.sandbox.store;

import java.util.Arrays;
import java.util.List;

/**
 * A list ("catalog") of the account.
 *
 * @param id its id
 * @param name its name
 * @param fields its additional fields
 */
public record CatalogList(long id, String name, List<CatalogField> fields) {

    public CatalogList {
        fields = List.copyOf(fields);
    }

    public static CatalogList of(long id, String name, CatalogField... fields) {
        return new CatalogList(id, name, Arrays.asList(fields));
    }

    /** The lists a fresh sandbox has: 4220 Products, with every kind of field, and 4221 Services. */
    public static List<CatalogList> samples() {
        CatalogList products = of(
                4220,
                "Products",
                CatalogField.of(4400049, "Vendor code", FieldType.TEXT).asSystem("SKU"),
                CatalogField.of(4400050, "Amount", FieldType.NUMERIC).asSystem(""),
                CatalogField.of(4400051, "Price", FieldType.NUMERIC).asSystem("PRICE"),
                CatalogField.of(4400062, "Multilist", FieldType.MULTISELECT)
                        .withOption(3692539, "1")
                        .withOption(3692540, "2")
                        .withOption(3692541, "3"),
                CatalogField.of(4400070, "Colour", FieldType.SELECT)
                        .withOption(3692601, "Red")
                        .withOption(3692602, "Green"),
                CatalogField.of(4400080, "Address", FieldType.SMART_ADDRESS),
                CatalogField.of(4400090, "Available", FieldType.CHECKBOX),
                CatalogField.of(4400091, "Since", FieldType.DATE),
                CatalogField.of(4400092, "Link", FieldType.URL),
                CatalogField.of(4400093, "Text", FieldType.TEXTAREA));
        return List.of(products, of(4221, "Services", CatalogField.of(4400149, "Remark", FieldType.TEXT)));
    }
}
