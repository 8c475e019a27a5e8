package org.catalogdrop.report;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The address of a file in a page that was opened from disk. */
final class RelativeAddress {

    private RelativeAddress() {}

    /**
     * Returns the address of a file. It begins with {@code ./}, so that no name can pass for a scheme such as {@code javascript:}.
     *
     * @param file a path relative to the folder of the page
     */
    static String of(Path file) {
        return "./"
                + StreamSupport.stream(file.spliterator(), false)
                        .map(name -> URLEncoder.encode(name.toString(), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                        .collect(Collectors.joining("/"));
    }

    /** Returns the path of an address. */
    static Path path(String address) {
        return Path.of(URI.create(address).getPath());
    }
}
