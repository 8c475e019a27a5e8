package org.catalogdrop.input.stream;

import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Packing;

/** The content of a file, by the ending of its name. */
public enum FileKind {
    CSV,
    TSV,
    JSON,
    JSON_LINES,
    WORKBOOK;

    /** Returns whether the ending of a name is that of a file with rows, packed or not. */
    public static boolean isKnown(String name) {
        Packing packing = Packing.of(name);
        return packing == Packing.ZIP || of(packing.strip(name)).isPresent();
    }

    /** Returns what a name without the ending of its packing says; empty if it says nothing. */
    public static Optional<FileKind> of(String unpacked) {
        String plain = NormalizedName.of(unpacked);
        int dot = plain.lastIndexOf('.');
        String ending = dot < 0 ? "" : plain.substring(dot + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "csv" -> Optional.of(FileKind.CSV);
            case "tsv" -> Optional.of(FileKind.TSV);
            case "json" -> Optional.of(FileKind.JSON);
            case "ndjson", "jsonl" -> Optional.of(FileKind.JSON_LINES);
            case "xlsx", "xlsm" -> Optional.of(FileKind.WORKBOOK);
            default -> Optional.empty();
        };
    }
}
