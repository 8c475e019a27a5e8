package org.catalogdrop.mapping.draft;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catalogdrop.mapping.Suggestions;

/**
 * Words that shops use for the columns of a product list, in English, German, Russian, Ukrainian, Spanish and Portuguese, with the field
 * codes of the vendor's product lists. Two names that are words of one concept mean the same.
 */
enum ProductWords {
    NAME(
            "",
            "name, title, product, product name, item, item name, bezeichnung, artikelname, artikelbezeichnung, produktname, produkt,"
                    + " nom, nombre, nombre del producto, producto, nome, nome do produto, produto, наименование, название,"
                    + " номенклатура, товар, назва, назва товару, найменування"),
    SKU(
            "SKU",
            "sku, article, article number, article no, item number, item no, part number, vendor code, product code, stock code, art nr,"
                    + " artnr, art, artikel nr, artikelnr, artikelnummer, artikel, bestellnummer, артикул, артикул товара, код,"
                    + " код товара, код товару, артикул товару, referencia, ref, código, codigo, codigo de producto,"
                    + " código de producto, codigo do produto, código do produto, referência"),
    PRICE(
            "PRICE",
            "price, unit price, retail price, sales price, list price, preis, vk, vk preis, verkaufspreis, einzelpreis, listenpreis, цена,"
                    + " розничная цена, цена продажи, ціна, роздрібна ціна, precio, precio unitario, precio de venta, pvp, preço, preco,"
                    + " preço unitário, preço de venda, valor"),
    QUANTITY(
            "QUANTITY",
            "quantity, qty, stock, in stock, on hand, menge, bestand, lagerbestand, количество, кол во, остаток, кількість, залишок,"
                    + " cantidad, existencias, quantidade, estoque"),
    DESCRIPTION(
            "DESCRIPTION",
            "description, details, long description, beschreibung, описание, опис, descripción, descripcion, descrição, descricao"),
    EXTERNAL_ID(
            "EXTERNAL_ID", "external id, foreign id, erp id, guid, uuid, внешний код, ид, зовнішній код, id externo"),
    BARCODE(
            "",
            "barcode, ean, ean code, gtin, upc, strichcode, штрихкод, штрих код, código de barras, codigo de barras"),
    BRAND(
            "",
            "brand, manufacturer, vendor, make, marke, hersteller, бренд, производитель, виробник, marca, fabricante"),
    COLOUR("", "colour, color, farbe, цвет, колір, cor"),
    SIZE("", "size, größe, groesse, размер, розмір, talla, tamaño, tamanho"),
    CATEGORY(
            "",
            "category, group, product group, kategorie, warengruppe, gruppe, категория, группа, категорія, група, categoría,"
                    + " categoria, grupo"),
    UNIT("", "unit, uom, unit of measure, einheit, ед изм, единица измерения, одиниця виміру, од вим, unidad, unidade"),
    AVAILABLE(
            "",
            "available, availability, verfügbar, lieferbar, auf lager, в наличии, наличие, в наявності, наявність, disponible, disponível,"
                    + " disponivel, en stock, em estoque"),
    WEIGHT("", "weight, gewicht, вес, масса, вага, peso");

    private final String code;
    private final Set<String> words;

    ProductWords(String code, String words) {
        this.code = code;
        this.words = Arrays.stream(words.split(",")).map(ProductWords::plain).collect(Collectors.toUnmodifiableSet());
    }

    /** What follows a word for a price and does not say which price it is. */
    private static final Pattern OF_MONEY = Pattern.compile(
            " (in )?(eur|euro|usd|uah|rub|chf|gbp|pln|brl|czk|kzt|руб|грн|тг|€|\\$|₴|₽|£|netto|brutto|net|gross|без ндс|с ндс|з пдв)$");

    /** Returns the concept that a name means. */
    static Optional<ProductWords> of(String name) {
        String plain = plain(name);
        for (String shorter = OF_MONEY.matcher(plain).replaceFirst("");
                !shorter.equals(plain);
                shorter = OF_MONEY.matcher(plain).replaceFirst("")) {
            plain = shorter;
        }
        return of(plain, List.of(values()));
    }

    private static Optional<ProductWords> of(String plain, List<ProductWords> concepts) {
        return concepts.stream()
                .filter(concept -> concept.words.contains(plain))
                .findFirst();
    }

    /** Returns whether a field of the account is for this concept, by its code or name. */
    boolean isField(String fieldCode, String fieldName) {
        return (!code.isEmpty() && code.equalsIgnoreCase(fieldCode)) || words.contains(plain(fieldName));
    }

    /** Returns a name without letter case, dots, dashes and text in brackets, such as a currency. */
    private static String plain(String name) {
        return Suggestions.plain(name.replaceAll("[(\\[].*?[)\\]]", " ").replaceAll("[.,:№#]", " "))
                .strip();
    }
}
