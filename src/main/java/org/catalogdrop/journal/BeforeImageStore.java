package org.catalogdrop.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.journal.codec.ByteReader;
import org.catalogdrop.journal.codec.ByteWriter;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.BeforeImage;
import org.catalogdrop.model.Element;

/** The before images of elements, as the journal keeps them. Stateless. */
final class BeforeImageStore {

    private static final int FORM = 1;

    private static final String INSERT = "insert into befores (drop_id, row_number, element) values {(?, ?, ?)}"
            + " on conflict (drop_id, row_number) do ";

    private BeforeImageStore() {}

    /** A row and its element, encoded by the thread that sends it. */
    record Line(long row, byte[] element) {

        static List<Line> of(List<BeforeImage> befores) {
            return befores.stream()
                    .map(before -> new Line(before.row(), pack(before.element())))
                    .toList();
        }
    }

    /** @param first whether a known before image of a row stays: a later read may already contain this row's change */
    static void write(Sql sql, long drop, List<Line> lines, boolean first) throws SQLException {
        String insert = INSERT + (first ? "nothing" : "update set element = excluded.element");
        Map<Long, Object[]> values = new LinkedHashMap<>();
        for (Line line : lines) {
            Object[] one = {drop, line.row(), line.element()};
            if (first) {
                values.putIfAbsent(line.row(), one);
            } else {
                values.put(line.row(), one);
            }
        }
        sql.insertAll(insert, List.copyOf(values.values()));
    }

    static Optional<Element> read(Sql sql, long drop, long row) throws SQLException {
        return sql.one(
                "select element from befores where drop_id = ? and row_number = ?",
                line -> unpack(line.getBytes(1)),
                drop,
                row);
    }

    static byte[] pack(Element element) {
        ByteWriter writer = new ByteWriter();
        writer.unsigned(FORM);
        writer.unsigned(element.id());
        writer.unsigned(element.catalogId());
        writer.text(element.name());
        writer.unsigned(element.createdAt());
        writer.unsigned(element.updatedAt());
        writer.unsigned(element.fields().size());
        for (Element.Field field : element.fields()) {
            writer.text(field.id());
            writer.text(field.name());
            writer.unsigned(field.values().size());
            for (Element.FieldValue value : field.values()) {
                writer.text(value.value());
                writer.text(value.enumId());
                writer.text(value.subtype());
            }
        }
        return writer.toBytes();
    }

    private static Element unpack(byte[] packed) {
        ByteReader reader = new ByteReader(packed);
        if (reader.unsigned() != FORM) {
            throw ByteReader.broken("is of an unknown form");
        }
        long id = reader.unsigned();
        long catalogId = reader.unsigned();
        String name = reader.text();
        long createdAt = reader.unsigned();
        long updatedAt = reader.unsigned();
        List<Element.Field> fields = new ArrayList<>();
        for (long left = reader.unsigned(); left > 0; left--) {
            String field = reader.text();
            String called = reader.text();
            List<Element.FieldValue> values = new ArrayList<>();
            for (long more = reader.unsigned(); more > 0; more--) {
                values.add(new Element.FieldValue(reader.text(), reader.text(), reader.text()));
            }
            fields.add(new Element.Field(field, called, values));
        }
        return new Element(id, catalogId, name, createdAt, updatedAt, fields);
    }
}
