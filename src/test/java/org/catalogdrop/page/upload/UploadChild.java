package org.catalogdrop.page.upload;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/** Receives a file and lets it be loaded, in a process whose system calls can be watched. */
final class UploadChild {

    private UploadChild() {}

    /** @param arguments the inbox */
    public static void main(String[] arguments) throws Exception {
        Uploads uploads = new Uploads(Path.of(arguments[0]), 1 << 20, 0, InstantSource.system());
        StoredUpload upload =
                uploads.receive("p.csv", new ByteArrayInputStream("name\nA\n".getBytes(StandardCharsets.UTF_8)));
        Path place = uploads.release(upload.id()).orElseThrow();
        System.out.println(place);
    }
}
