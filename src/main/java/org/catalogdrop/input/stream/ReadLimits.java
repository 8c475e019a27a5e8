package org.catalogdrop.input.stream;

/**
 * How much of a drop is read before it is given up as broken or malicious.
 *
 * @param unpackedBytes most bytes to which a {@code .gz} drop may unpack; at least 1
 * @param rowBytes most bytes of one row; at least 1. A row of CSV or of a JSON document may exceed it by what a parser reads ahead (64
 *     KiB), a line of JSON lines may not
 */
public record ReadLimits(long unpackedBytes, int rowBytes) {

    /** 4 GiB unpacked, 1 MiB a row. */
    public static final ReadLimits DEFAULT = new ReadLimits(4L << 30, 1 << 20);

    public ReadLimits {
        if (unpackedBytes < 1 || rowBytes < 1) {
            throw new IllegalArgumentException(
                    "limits must be at least 1 byte, found: unpacked " + unpackedBytes + ", row " + rowBytes);
        }
    }
}
