package org.catalogdrop.inbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.results.OutputPlaces;
import org.catalogdrop.results.file.FileNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which drops of the inbox may be loaded. With {@code drop.approve=true} a drop waits until its plan is approved. The approval is
 * a file {@code NAME.approve} beside it with the drop's digest, or at least its first 8 digits, as text. If that name is too long, the
 * file is named after these 8 digits. Safe for many threads.
 */
public final class Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
    private static final String ENDING = ".approve";
    private static final String LOADED = ".loaded";
    private static final String REFUSED = ".refused";
    private static final int SHORTEST = 8;

    /** The longest text that may follow the name of a plan. */
    private static final String LONGEST_TAIL = REFUSED + "-99";

    private record Known(long size, long modified, Identity identity) {}

    /** @param byKey whether its rows have keys, so that a repeat is no mistake */
    private record Identity(String digest, boolean byKey) {}

    private final Settings.Drops drops;
    private final Settings.Folders folders;
    private final MappingResolver mappings;
    private final Predicate<String> refused;
    private final Predicate<String> over;
    private final Map<Path, Known> known = new HashMap<>();
    private final Set<String> unusable = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    /**
     * @param mappings know whether rows have keys; the journal is not asked
     * @param refused whether bytes with a digest would be refused, whatever their plan is
     * @param over whether the results of bytes with a digest are in place, so that the drop only has to leave the inbox
     */
    public Approvals(
            Settings.Drops drops,
            Settings.Folders folders,
            MappingResolver mappings,
            Predicate<String> refused,
            Predicate<String> over) {
        this.refused = refused;
        this.over = over;
        this.drops = drops;
        this.folders = folders;
        this.mappings = mappings;
    }

    /**
     * Returns whether a drop may be loaded. An unusable drop or a repeat may, so that it is refused. So may a drop that only has to leave
     * the inbox.
     */
    synchronized boolean isApproved(Path drop) {
        if (!drops.approve()) {
            return true;
        }
        String digest = digest(drop);
        if (refused.test(digest) && !identity(drop).byKey()) {
            unusable.add(digest);
        }
        return unusable.contains(digest) || over.test(digest) || isNamed(drop, digest);
    }

    /**
     * A drop of the inbox that waits for its approval.
     *
     * @param name its file name
     * @param digest8 the first 8 digits of its digest
     * @param plan the folder with its plan
     */
    public record WaitingDrop(String name, String digest8, Path plan) {

        /** Returns what tells its plan from others of the same bytes: the time at which it was made. */
        public String made() {
            try {
                return Long.toString(Files.getLastModifiedTime(plan).toMillis());
            } catch (IOException gone) {
                return "";
            }
        }
    }

    /**
     * Returns the drops of the inbox that wait for an approval.
     *
     * @throws IOException if the inbox cannot be read
     */
    public List<WaitingDrop> waitingPlans() throws IOException {
        return waitingFiles()
                .map(drop -> {
                    String name = drop.getFileName().toString();
                    String digest = digest(drop);
                    return new WaitingDrop(name, digest.substring(0, SHORTEST), plan(name, digest));
                })
                .toList();
    }

    /**
     * Approves a drop, as a person who has read its plan.
     *
     * @param name its file name
     * @param digest8 the digits that the plan names; a drop that was changed since then is not approved
     * @param made the plan that was read; one that was made since then, for the same bytes, is not approved
     * @return whether the drop was waiting, and is approved now
     * @throws IOException if the approval cannot be written
     */
    public synchronized boolean approve(String name, String digest8, String made) throws IOException {
        Optional<Path> waiting = waitingFiles()
                .filter(drop -> drop.getFileName().toString().equals(name))
                .findFirst();
        if (waiting.isEmpty()
                || digest8.length() != SHORTEST
                || !digest(waiting.get()).startsWith(digest8)) {
            return false;
        }
        String digest = digest(waiting.get());
        if (!new WaitingDrop(name, digest8, plan(name, digest)).made().equals(made)) {
            return false;
        }
        Files.writeString(approval(waiting.get(), () -> digest), digest8 + "\n");
        return true;
    }

    /** Returns whether the drop has a plan that is not approved yet. */
    boolean isWaiting(Path drop) {
        return !isApproved(drop) && isPlanned(drop);
    }

    /** Returns whether there is a plan of the drop as it is now. */
    synchronized boolean isPlanned(Path drop) {
        return Files.isDirectory(plan(drop.getFileName().toString(), digest(drop)));
    }

    /** @throws DropRefused {@link Code#CHANGED} if the bytes to be loaded are not those that were approved */
    public synchronized void require(Drop drop) {
        String digest = drop.digest();
        if (drops.approve() && !unusable.contains(digest) && !over.test(digest) && !isNamed(drop.path(), digest)) {
            throw new DropRefused(
                    Code.CHANGED,
                    "The file was changed after its plan was approved. Drop it again, check the new plan and approve it.");
        }
    }

    /**
     * Uses up the approval of a drop whose load has ended: it is valid for one load. Call it before the drop leaves the inbox, so that no
     * crash lets the approval outlive the drop.
     *
     * @param refusal why the drop was not loaded; empty if it was
     * @param repeatable whether the same bytes may come again, because nothing of them was loaded
     * @throws IOException if the approval cannot be removed; the drop must then stay
     */
    public synchronized void useUp(Path drop, Optional<Problem> refusal, boolean repeatable) throws IOException {
        Path approval = approval(drop, () -> digest(drop));
        if (drops.approve()) {
            boolean planAgain = refusal.map(problem -> problem.code() != Code.ALREADY_LOADED)
                    .orElseGet(() -> repeatable || identity(drop).byKey() || drops.repeatAllowed());
            if (planAgain) {
                setAside(plan(drop.getFileName().toString(), digest(drop)), refusal.isEmpty() ? LOADED : REFUSED);
            }
            known.remove(drop);
        }
        Files.deleteIfExists(approval);
    }

    /**
     * Renames a plan whose load has ended. If the same bytes are loaded again, the account has changed by then, so they need a new plan.
     */
    private static void setAside(Path plan, String ending) {
        if (Files.isDirectory(plan, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.move(plan, OutputPlaces.free(plan.getParent(), plan.getFileName() + ending));
            } catch (IOException left) {
                LOG.warn(
                        "The plan {} cannot be renamed: {}. Delete the folder. Otherwise the next load of the same bytes waits with this old plan.",
                        plan,
                        left.getMessage());
            }
        }
    }

    private static Path approval(Path drop, Supplier<String> digest) {
        String name = drop.getFileName() + ENDING;
        boolean fits = FileNames.fit(drop.getFileName().toString(), ENDING).equals(name);
        return drop.resolveSibling(fits ? name : digest.get().substring(0, SHORTEST) + ENDING);
    }

    /** Returns the folder for the plan of a drop. */
    public Path planFolder(InboxFile file) {
        Path drop = file.path();
        return plan(drop.getFileName().toString(), digest(drop));
    }

    /** Reports that a plan waits for approval. */
    public void proposePlan(Plan plan) {
        LOG.info(
                "{}: {}, {}, {}; {}; {}",
                plan.drop(),
                Plural.of(plan.rows(), "row"),
                Plural.of(plan.rejects(), "reject"),
                Plural.of(plan.requests(), "request"),
                plan.undo().words(),
                howToApprove(plan.drop(), plan.digest()));
    }

    private String howToApprove(String drop, String digest) {
        return "the plan is in " + plan(drop, digest) + ". To load it: echo " + digest.substring(0, SHORTEST)
                + " > "
                + quoted(approval(folders.inbox().resolve(drop), () -> digest).toString());
    }

    /** Returns a text as one word of a shell command. On Windows no path has a double quote. */
    private static String quoted(String text) {
        if (File.separatorChar == '\\') {
            return '"' + text + '"';
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /**
     * Returns a line for each drop of the inbox that waits for an approval.
     *
     * @throws IOException if the inbox cannot be read
     */
    public List<String> waiting() throws IOException {
        return waitingFiles()
                .map(drop -> {
                    String name = drop.getFileName().toString();
                    return name + " waits for approval; " + howToApprove(name, digest(drop));
                })
                .toList();
    }

    /**
     * Returns the names of these drops.
     *
     * @throws IOException if the inbox cannot be read
     */
    public List<String> waitingDrops() throws IOException {
        return waitingFiles()
                .map(drop -> SafeText.of(drop.getFileName().toString()))
                .toList();
    }

    private Stream<Path> waitingFiles() throws IOException {
        return DropFiles.drops(folders.inbox()).stream().filter(this::isWaiting);
    }

    /** Lets the load of an unusable drop through, which refuses it. There is nothing to approve. */
    public synchronized void releaseUnusable(InboxFile file) {
        unusable.add(digest(file.path()));
    }

    private Path plan(String name, String digest) {
        String longest = FileNames.fit(name, "-" + digest.substring(0, SHORTEST) + ".plan" + LONGEST_TAIL);
        return folders.outbox().resolve(longest.substring(0, longest.length() - LONGEST_TAIL.length()));
    }

    private boolean isNamed(Path drop, String digest) {
        Path file = approval(drop, () -> digest);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        String named = text(file);
        boolean approved = named.length() >= SHORTEST && digest.startsWith(named);
        if (!approved && told.add(digest + named)) {
            LOG.warn(
                    "{} approves '{}', but the digest of the drop is {}. It is the approval of other bytes, or not complete. Check the plan, then"
                            + " write the digest into this file.",
                    NormalizedName.show(file.getFileName().toString()),
                    named,
                    digest.substring(0, SHORTEST));
        }
        return approved;
    }

    private static String text(Path file) {
        try {
            byte[] start = new byte[200];
            try (var in = Files.newInputStream(file)) {
                int read = in.readNBytes(start, 0, start.length);
                return decoded(start, read).strip().toLowerCase(Locale.ROOT);
            }
        } catch (IOException gone) {
            return "";
        }
    }

    /**
     * Returns ASCII text in any encoding: PowerShell's {@code >} writes UTF-16 with a byte order mark, some editors write one before
     * UTF-8.
     */
    private static String decoded(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00FF\u00FE")) {
            return new String(bytes, 2, length - 2, StandardCharsets.UTF_16LE);
        }
        if (text.startsWith("\u00FE\u00FF")) {
            return new String(bytes, 2, length - 2, StandardCharsets.UTF_16BE);
        }
        return text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text;
    }

    /** Returns the digest of a drop. It is computed again only when the file has changed. An unusable file has a digest of its own. */
    private synchronized String digest(Path drop) {
        return identity(drop).digest();
    }

    private synchronized Identity identity(Path drop) {
        try {
            BasicFileAttributes now = Files.readAttributes(drop, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            long modified = now.lastModifiedTime().toMillis();
            Known before = known.get(drop);
            if (before == null || before.size() != now.size() || before.modified() != modified) {
                before = new Known(now.size(), modified, identified(drop));
                known.put(drop, before);
            }
            return before.identity();
        } catch (IOException unreadable) {
            // Not cached, because it may be readable in a moment. The code that opens it reports the reason.
            return new Identity("unreadable", false);
        }
    }

    private Identity identified(Path drop) throws IOException {
        try {
            MappingResolver.Dropped dropped =
                    mappings.identify(drop, drop.getFileName().toString());
            return new Identity(dropped.drop().digest(), dropped.isByKey());
        } catch (DropRefused refused) {
            String digest = "unusable " + drop;
            unusable.add(digest);
            return new Identity(digest, false);
        } catch (DropHeld unreadable) {
            throw new IOException(unreadable);
        }
    }
}
