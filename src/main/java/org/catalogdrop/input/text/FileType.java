package org.catalogdrop.input.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.input.stream.FileKind;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Packing;

/** The type of a file by its name: its content and its packing. */
public record FileType(FileKind kind, Packing packing) {

    private static final Set<String> OTHER_WORKBOOKS =
            Set.of("xls", "xlsb", "xlt", "xltx", "xltm", "ods", "ots", "fods", "numbers", "wk1", "et");

    /** How the names of lock files begin. */
    private static final String LOCK = "~$";

    /**
     * Returns the type by the name; for a ZIP file, by the name of the one file in it if that has a known ending.
     *
     * @throws DropRefused UNKNOWN_TYPE, BAD_ZIP
     */
    public static FileType of(String name, Path file, ReadLimits limits) throws IOException {
        if (name.startsWith(LOCK) && FileKind.of(name).equals(Optional.of(FileKind.WORKBOOK))) {
            throw lockFile(name);
        }
        Packing packing = Packing.of(name);
        Optional<FileKind> outer = FileKind.of(packing.strip(name));
        if (packing != Packing.ZIP) {
            return new FileType(
                    outer.filter(kind -> kind != FileKind.WORKBOOK || packing == Packing.NONE)
                            .orElseThrow(() -> unknown(name)),
                    packing);
        }
        String inner = ZippedDrop.name(file, limits);
        if (Packing.of(inner) != Packing.NONE || FileKind.of(inner).equals(Optional.of(FileKind.WORKBOOK))) {
            throw ReadFaults.refused(
                    Code.BAD_ZIP,
                    "the file in it, '" + Utf8.excerpt(inner, 100)
                            + "', is packed itself; expected a CSV or JSON file");
        }
        return new FileType(
                FileKind.of(inner)
                        .or(() -> outer.filter(kind -> kind != FileKind.WORKBOOK))
                        .orElseThrow(() -> unknown(inner)),
                packing);
    }

    private static DropRefused unknown(String name) {
        String ending = NormalizedName.folded(name.substring(name.lastIndexOf('.') + 1));
        return new DropRefused(
                Code.UNKNOWN_TYPE,
                "The name '" + NormalizedName.show(name)
                        + (OTHER_WORKBOOKS.contains(ending)
                                ? "' belongs to a type of workbook that is not supported. Expected .xlsx, .xlsm or CSV. Open it in a"
                                        + " spreadsheet program, save it as .xlsx or CSV, and drop that file. Renaming it alone"
                                        + " does not help."
                                : "' does not end in a known type. Expected .csv .tsv .json .ndjson .jsonl, each also"
                                        + " with .gz or .zip, or .xlsx or .xlsm. Rename the file and drop it again."));
    }

    private static DropRefused lockFile(String name) {
        return new DropRefused(
                Code.UNKNOWN_TYPE,
                "'" + NormalizedName.show(name)
                        + "' is the lock file that a spreadsheet program creates while a workbook is open. It has no rows."
                        + " Drop the workbook itself, '" + NormalizedName.show(name.substring(LOCK.length())) + "'.");
    }
}
