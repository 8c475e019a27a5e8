package org.catalogdrop.page.upload;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.FolderFault;
import org.catalogdrop.page.http.PageResponse;

/** Takes forms with a file, and says why one was not kept. Stateless. */
public final class UploadForm {

    private UploadForm() {}

    /**
     * Keeps the file of a form.
     *
     * @param inbox the folder in which files are kept, for messages
     * @param address where a fault is shown
     * @param kept gets the file when it is kept; returns the address that is shown then
     */
    public static PageResponse receive(
            Optional<BrowserRequest.Upload> sent,
            Uploads uploads,
            Path inbox,
            String address,
            Function<StoredUpload, String> kept)
            throws IOException {
        if (sent.isEmpty() || sent.get().name().isBlank()) {
            return PageResponse.failed(address, "No file was chosen. Choose one, then press the button.");
        }
        try {
            uploads.requireRoom(sent.get().announced());
        } catch (UploadRefused refused) {
            // A browser that is still sending shows the answer only if its status is a fault.
            return PageResponse.text(413, refused.getMessage());
        }
        try {
            return PageResponse.redirect(
                    kept.apply(uploads.receive(sent.get().name(), sent.get().content())));
        } catch (UploadRefused refused) {
            return PageResponse.failed(address, refused.getMessage());
        } catch (FileSystemException fault) {
            return FolderFault.answer(address, inbox, fault);
        }
    }
}
