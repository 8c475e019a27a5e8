package org.catalogdrop.report;

import java.nio.file.Path;

/**
 * A file beside the report.
 *
 * @param name its name
 * @param meaning what is in it
 */
public record ResultFile(String name, String meaning) {

    /** Returns its address in a page of the same folder: never one with a scheme. */
    public String link() {
        return RelativeAddress.of(Path.of(name));
    }
}
