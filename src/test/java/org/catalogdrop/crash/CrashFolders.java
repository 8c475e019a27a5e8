package org.catalogdrop.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Takes the rights to a folder away, or puts a file in its place, before a life or amid it. */
final class CrashFolders implements CrashChange {

    private static final List<String> FOLDERS = List.of("inbox", "outbox", "archive", "refused", "state", "mappings");

    private final Path home;
    private final Random random;
    private Path taken;
    private Set<PosixFilePermission> rights;
    private boolean amid;

    CrashFolders(Path home, Random random) {
        this.home = home;
        this.random = random;
    }

    @Override
    public void begin(CrashLife life) throws IOException {
        amid = random.nextBoolean();
        if (!amid) {
            take(3);
        }
    }

    @Override
    public void turn() throws IOException {
        if (amid) {
            take(3);
        }
    }

    /** @param oneIn of so many lives one loses a folder */
    private void take(int oneIn) throws IOException {
        Path folder = home.resolve(FOLDERS.get(random.nextInt(FOLDERS.size())));
        int way = random.nextInt(3);
        if (random.nextInt(oneIn) > 0 || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        taken = folder;
        if (way == 0) {
            Files.move(folder, away());
            Files.writeString(folder, "no folder\n");
        } else {
            rights = Files.getPosixFilePermissions(folder);
            Files.setPosixFilePermissions(
                    folder, PosixFilePermissions.fromString(way == 1 ? "---------" : "r-xr-xr-x"));
        }
    }

    private Path away() {
        return taken.resolveSibling(taken.getFileName() + ".away");
    }

    @Override
    public void end() throws IOException {
        if (taken == null) {
            return;
        }
        if (rights == null) {
            Files.delete(taken);
            Files.move(away(), taken);
        } else {
            Files.setPosixFilePermissions(taken, rights);
        }
        taken = null;
        rights = null;
    }
}
