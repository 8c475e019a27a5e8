package org.catalogdrop.app;

import org.catalogdrop.model.Code;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;

/**
 * The command that helps with a problem. The messages of the library name no commands, since a host has none; who is at the command line reads
 * this behind them.
 */
final class NextStep {

    private NextStep() {}

    /** Returns a sentence with a blank before it; empty if no command helps. */
    static String of(Code code) {
        return switch (code) {
            case NO_HEADER, COLUMN_MISSING -> " 'catalog-drop mapping init FILE' writes a first mapping for it.";
            case QUOTE ->
                " 'catalog-drop mapping init FILE' finds out by itself how the file is written, and writes a mapping that says it.";
            case BAD_MAPPING -> " 'catalog-drop mapping check' shows whether it is right.";
            case DRIFT -> " 'catalog-drop mapping accept MAPPING' accepts the change.";
            case TOO_MANY_REJECTS -> " 'catalog-drop plan FILE --output FOLDER' shows all of them.";
            case TOO_MANY_MISSING -> " 'catalog-drop keys sync' reads the list whole.";
            case ALREADY_LOADED -> " 'catalog-drop load --again FILE' loads them once more.";
            case NOT_AS_BEGUN -> " If the drop cannot go on, 'catalog-drop forget DROP' abandons it.";
            case UNAUTHORIZED -> " With kommo.client-id, 'catalog-drop login' gets a new pair of tokens.";
            default -> "";
        };
    }

    /** Returns how a drop can be abandoned, a sentence with a blank before it. */
    static String forget(String digest8) {
        return " If it cannot go on, 'forget " + digest8 + "' abandons it.";
    }

    /** Returns what to do with rows that were not accepted, in sentences with a blank before each; empty if all were. */
    static String of(Summary summary) {
        String rejects = summary.count(Status.REJECTED) > 0 && !summary.folder().isEmpty()
                ? ". Correct the rows of the rejects file there and drop that file, not the whole drop"
                : "";
        String doubts = summary.count(Status.IN_DOUBT) > 0
                ? ". 'catalog-drop load --settle FILE' looks up the rows in doubt"
                : "";
        return rejects + doubts;
    }
}
