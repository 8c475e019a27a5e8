package org.catalogdrop.input.stream;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.RunHalted;

/** Makes the refusals and halts for files that cannot be read, or not as a drop. Stateless. */
public final class ReadFaults {

    private ReadFaults() {}

    /** Returns the refusal of a file that was removed. */
    public static DropRefused fileNotFound() {
        return new DropRefused(
                Code.CHANGED, "The file was not found. It may have been moved or deleted. Drop it again to load it.");
    }

    /** Returns the halt for a file that cannot be read for a reason outside of it. Only this drop must wait. */
    public static RunHalted unreadable(IOException cause) {
        RunHalted halted = cause instanceof ClosedByInterruptException
                ? new RunHalted(Code.STOPPED, "Reading the file was stopped; the next run resumes.")
                : new DropHeld(
                        Code.DISK,
                        "The file cannot be read: "
                                + (cause instanceof AccessDeniedException
                                        ? "this program is not allowed to read " + cause.getMessage()
                                        : cause instanceof FileSystemException ? cause.getMessage() : cause)
                                + ". Check its permissions and the disk.",
                        "");
        halted.initCause(cause);
        return halted;
    }

    public static DropRefused tooLarge(long most) {
        return new DropRefused(
                Code.TOO_LARGE,
                "The file unpacks to more than " + most
                        + " bytes, the limit set by drop.unpacked-limit. Split it into several files, or"
                        + " raise drop.unpacked-limit if it is meant to be that large.");
    }

    /** Returns the refusal of an empty drop. */
    public static DropRefused empty() {
        return new DropRefused(
                Code.EMPTY_DROP,
                "The file is empty. Expected rows of JSON, or a header line and rows. Drop it again when it has rows.");
    }

    public static DropRefused refused(Code code, String why) {
        String advice = why.startsWith(ForeignContent.PDF)
                ? "Export the rows as .xlsx or as CSV in UTF-8, where the document was made, and drop that file."
                : code == Code.BAD_WORKBOOK
                        ? "Open it in a spreadsheet program, save it as .xlsx without a password, and drop that file."
                        : "Pack exactly one CSV or JSON file into it, without a password, and drop it again.";
        return new DropRefused(
                code,
                (code == Code.BAD_WORKBOOK ? "The workbook cannot be read: " : "The ZIP file cannot be read: ") + why
                        + ". " + advice);
    }

    public static DropRefused badWorkbook(String why) {
        return refused(Code.BAD_WORKBOOK, why);
    }
}
