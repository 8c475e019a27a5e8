package org.catalogdrop.runtimes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local Maven repository that has the jar of this build, and else what the developer's own has: its folders are links to those. So nothing
 * of this build gets into the developer's, and nothing is downloaded that is there.
 */
final class ScratchRepository {

    private static final String OURS = "catalogdrop";

    private ScratchRepository() {}

    static Path make(Path folder, Path own) throws IOException {
        link(own, folder, "org");
        link(own.resolve("org"), folder.resolve("org"), OURS);
        Path pom = Path.of("pom.xml");
        String version = Files.readString(pom).replaceFirst("(?s).*?<version>([^<]+)<.*", "$1");
        Path artifact = Files.createDirectories(
                folder.resolve("org").resolve(OURS).resolve("catalog-drop").resolve(version));
        for (String[] file :
                List.of(new String[] {"pom.xml", ".pom"}, new String[] {"target/catalog-drop.jar", ".jar"})) {
            Files.copy(
                    Path.of(file[0]),
                    artifact.resolve("catalog-drop-" + version + file[1]),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return folder.toAbsolutePath();
    }

    private static void link(Path from, Path to, String except) throws IOException {
        Files.createDirectories(to);
        if (!Files.isDirectory(from)) {
            return;
        }
        List<Path> folders;
        try (Stream<Path> all = Files.list(from)) {
            folders = all.filter(Files::isDirectory)
                    .filter(one -> !one.endsWith(except))
                    .toList();
        }
        for (Path one : folders) {
            Path link = to.resolve(one.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, one.toAbsolutePath());
            }
        }
    }
}
