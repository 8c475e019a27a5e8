package org.catalogdrop.input.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.catalogdrop.input.stream.Gunzip;
import org.catalogdrop.input.stream.RawBytes;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.xlsx.SheetCsv;
import org.catalogdrop.model.Packing;
import org.catalogdrop.model.Table;

/**
 * The steps from the bytes of a file to the UTF-8 text that is read. Immutable.
 *
 * @param file where it is
 * @param packing its compression
 * @param workbook whether it is an Excel workbook, one of whose sheets is the text
 * @param charset the charset of the text in it
 * @param table which part of it is the table
 */
public record DecodingStack(
        Path file, Packing packing, boolean workbook, Charset charset, ReadLimits limits, Table table) {

    public DecodingStack with(Charset other) {
        return new DecodingStack(file, packing, workbook, other, limits, table);
    }

    public DecodingStack with(Table other) {
        return new DecodingStack(file, packing, workbook, charset, limits, other);
    }

    /** Returns whether the text may be many times as large as the file. */
    boolean grows() {
        return workbook || packing != Packing.NONE;
    }

    /** Returns whether the file is read through its directory, not from its first byte to its last. */
    boolean isArchive() {
        return workbook || packing == Packing.ZIP;
    }

    /** Returns the bytes inside; those of a workbook are CSV in UTF-8. Closing them closes the packed file. */
    InputStream unpack(RawBytes raw) throws IOException {
        if (workbook) {
            return SheetCsv.open(file, limits, table);
        }
        return switch (packing) {
            case NONE -> raw;
            case GZIP -> new Gunzip(raw);
            case ZIP -> ZippedDrop.open(file, limits);
        };
    }
}
