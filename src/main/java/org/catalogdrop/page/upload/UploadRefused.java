package org.catalogdrop.page.upload;

import java.io.IOException;

/** Thrown if a file of a browser is not kept. Its message is for the person. */
public final class UploadRefused extends IOException {

    private static final long serialVersionUID = 1;

    /** @param message what happened, and what to do next */
    public UploadRefused(String message) {
        super(message);
    }
}
