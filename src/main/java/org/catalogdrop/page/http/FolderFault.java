package org.catalogdrop.page.http;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says on the page that a folder cannot be written. Stateless. */
public final class FolderFault {

    private static final Logger LOG = LoggerFactory.getLogger(FolderFault.class);

    private FolderFault() {}

    /**
     * Returns the answer to a form for which a folder had to be written.
     *
     * @param address the page on which it is said
     */
    public static PageResponse answer(String address, Path folder, IOException fault) {
        return PageResponse.failed(address, words(folder, fault));
    }

    /** Returns what is said, and logs it. */
    public static String words(Path folder, IOException fault) {
        LOG.warn("{}: cannot be written for the page", folder, fault);
        String reason = fault instanceof FileSystemException precise && precise.getReason() != null
                ? precise.getReason()
                : fault.getClass().getSimpleName() + ": " + fault.getMessage();
        return "Nothing was done, because " + ShownText.of(folder.toString()) + " cannot be written ("
                + ShownText.of(reason)
                + "). See that the folder is there and writable and its disk has free space, then try again.";
    }
}
