package org.catalogdrop.page.upload;

import java.text.Normalizer;
import org.catalogdrop.results.file.FileNames;

/** Makes a safe file name of what a browser says. Stateless. */
final class UploadName {

    private static final int LONGEST_ENDING = 20;
    private static final String UNNAMED = "drop";

    /** Room for what results and approvals put behind it. */
    private static final String TAIL = "-1a2b3c4d.plan.refused-99";

    private UploadName() {}

    /**
     * Returns the name without folders, hidden beginnings, control characters, marks that change the direction of writing, and what some system
     * does not allow.
     */
    static String of(String given) {
        String name = given.replace('\\', '/');
        name = name.substring(name.lastIndexOf('/') + 1);
        name = Normalizer.normalize(name, Normalizer.Form.NFC)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]", "_")
                .strip()
                .replaceFirst("^[.~$ ]+", "")
                .replaceFirst("[. ]+$", "");
        name = FileNames.portable(name, true);
        String ending = FileNames.ending(name);
        if (ending.length() > LONGEST_ENDING) {
            ending = "";
        }
        String stem = name.substring(0, name.length() - ending.length());
        String fitting = FileNames.fit(stem, ending + TAIL);
        String fit = fitting.substring(0, fitting.length() - TAIL.length());
        return fit.isBlank() || fit.equals(ending) ? UNNAMED + ending : fit;
    }
}
