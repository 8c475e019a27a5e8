package org.catalogdrop.page.upload;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that a browser has sent and that nobody has loaded yet.
 *
 * @param id identifies it in addresses
 * @param name the name that the drop will have
 * @param file where it is, under a hidden name
 * @param size its bytes
 * @param digest SHA-256 of its bytes
 * @param received when it was complete
 */
public record StoredUpload(String id, String name, Path file, long size, String digest, Instant received) {}
