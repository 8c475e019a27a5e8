package org.catalogdrop.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.catalogdrop.sandbox.store.Store;
import org.catalogdrop.sandbox.store.StoredElement.Field;

/** A drop whose every row is known: adds (some of them equal to each other), updates and deletes of elements that are there. */
public record CrashDrop(List<Line> lines) {

    public static final long LIST = 4220;
    public static final long PRICE = 4400051;

    /** What a row asks for; its id is 0 for an add. */
    public record Line(String action, long id, String name, int price) {

        /** As an element that has it is told. */
        String text() {
            return name + " at " + price;
        }

        /** As its element was before. */
        String old() {
            return "Old " + price + " at 1";
        }
    }

    /** Rows of all three actions in an order that chance gives; every fifth add or so is equal to another. */
    static CrashDrop mixed(Random random, Store store, int rows) {
        List<Line> lines = new ArrayList<>();
        for (int row = 1; row <= rows; row++) {
            int kind = random.nextInt(10);
            if (kind < 6) {
                lines.add(new Line("add", 0, "Fresh " + row, row));
            } else if (kind == 6) {
                lines.add(new Line("add", 0, "Twin " + random.nextInt(1 + rows / 60), 7));
            } else {
                lines.add(standing(store, kind < 8 ? "update" : "delete", row));
            }
        }
        return new CrashDrop(lines);
    }

    /** Rows of one action; two of three adds are alike, so that equal rows are in different requests. */
    public static CrashDrop of(String action, Store store, int rows) {
        List<Line> lines = new ArrayList<>();
        for (int row = 1; row <= rows; row++) {
            lines.add(
                    action.equals("add")
                            ? new Line("add", 0, row % 3 == 0 ? "Apart " + row : "Alike", 7)
                            : standing(store, action, row));
        }
        return new CrashDrop(lines);
    }

    private static Line standing(Store store, String action, int row) {
        long id = store.put(LIST, "Old " + row, List.of(Field.of(PRICE, "1")));
        return new Line(action, id, action.equals("delete") ? "" : "New " + row, row);
    }

    public void lay(Path file) throws IOException {
        StringBuilder text = new StringBuilder("action,id,name,cf:" + PRICE + "\n");
        for (Line line : lines) {
            boolean delete = line.action().equals("delete");
            text.append(line.action()).append(',').append(line.id() == 0 ? "" : line.id());
            text.append(',').append(line.name()).append(',').append(delete ? "" : line.price());
            text.append('\n');
        }
        Files.writeString(file, text);
    }
}
