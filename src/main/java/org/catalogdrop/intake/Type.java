package org.catalogdrop.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Packing;
import org.catalogdrop.model.PlainName;

/** What a file's name tells: what is in it and how it is packed. */
record Type(Kind kind, Packing packing) {

    enum Kind {
        CSV,
        TSV,
        JSON,
        JSON_LINES,
        WORKBOOK
    }

    /**
     * The type by the name; of a ZIP file, by the name of the one file in it if that tells one.
     *
     * @throws DropRefused UNKNOWN_TYPE, BAD_ZIP
     */
    static Type of(String name, Path file, Limits limits) throws IOException {
        Packing packing = Packing.of(name);
        Optional<Kind> outer = kind(packing.strip(name));
        if (packing != Packing.ZIP) {
            return new Type(
                    outer.filter(kind -> kind != Kind.WORKBOOK || packing == Packing.NONE)
                            .orElseThrow(() -> unknown(name)),
                    packing);
        }
        String inner = ZippedDrop.name(file, limits);
        if (Packing.of(inner) != Packing.NONE || kind(inner).equals(Optional.of(Kind.WORKBOOK))) {
            throw Zip.refused(
                    Code.BAD_ZIP,
                    "the file in it, '" + Utf8.excerpt(inner, 100) + "', is packed itself; unpack the outer one");
        }
        return new Type(
                kind(inner)
                        .or(() -> outer.filter(kind -> kind != Kind.WORKBOOK))
                        .orElseThrow(() -> unknown(inner)),
                packing);
    }

    /** Whether the ending of a name is that of a file of rows, packed or not. */
    static boolean isKnown(String name) {
        Packing packing = Packing.of(name);
        return packing == Packing.ZIP || kind(packing.strip(name)).isPresent();
    }

    private static Optional<Kind> kind(String unpacked) {
        String plain = PlainName.of(unpacked);
        int dot = plain.lastIndexOf('.');
        String ending = dot < 0 ? "" : plain.substring(dot + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "csv" -> Optional.of(Kind.CSV);
            case "tsv" -> Optional.of(Kind.TSV);
            case "json" -> Optional.of(Kind.JSON);
            case "ndjson", "jsonl" -> Optional.of(Kind.JSON_LINES);
            case "xlsx", "xlsm" -> Optional.of(Kind.WORKBOOK);
            default -> Optional.empty();
        };
    }

    private static DropRefused unknown(String name) {
        return new DropRefused(
                Code.UNKNOWN_TYPE,
                "The name '" + PlainName.show(name)
                        + "' tells no known type. Expected an ending of .csv .tsv .json .ndjson .jsonl, each also"
                        + " with .gz or .zip, or .xlsx or .xlsm. Rename the file and drop it again.");
    }
}
