package org.catalogdrop.kommo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;

/**
 * Looks for the elements that adds in doubt may have made: those of the list created since the intent, newest first, compared by
 * name and every field sent. An add is only called absent if two looks miss it, the second after the settle time.
 */
final class AddLookUp implements LookUp {

    private static final int LOOKS = 2;

    private final Chunk chunk;
    private final Instant settled;
    private final long since;
    private final List<Long> catalogs;
    private final Supplier<Ours> source;
    private final DoubtfulAdds others;
    private final Map<Long, Element> found = new HashMap<>();

    private Ours ours;
    private int look;
    private int catalog;
    private int page = 1;
    private long lastId = Long.MAX_VALUE;
    private boolean newestFirst = true;
    private final Set<Long> seenInLook = new HashSet<>();

    AddLookUp(Chunk chunk, Instant settled, Supplier<Ours> source, DoubtfulAdds others) {
        this.chunk = chunk;
        this.settled = settled;
        this.source = source;
        this.ours = source.get();
        this.others = others;
        this.since = chunk.doubtSince().orElse(settled).minus(SKEW).getEpochSecond();
        this.catalogs = chunk.operations().stream()
                .map(operation -> ((Operation.Add) operation).catalogId())
                .distinct()
                .toList();
    }

    @Override
    public boolean isUnfinished() {
        return look < LOOKS;
    }

    @Override
    public String query() {
        return "catalog_id=" + catalogs.get(catalog) + "&page=" + page;
    }

    @Override
    public Duration pause(Instant now) {
        boolean secondLookBegins = look == LOOKS - 1 && catalog == 0 && page == 1;
        return secondLookBegins && now.isBefore(settled) ? Duration.between(now, settled) : Duration.ZERO;
    }

    @Override
    public void resumed() {
        ours = source.get();
    }

    @Override
    public void take(PageBody body) {
        boolean news = false;
        boolean old = false;
        for (Element element : body.elements()) {
            newestFirst &= element.id() < lastId || seenInLook.contains(element.id());
            lastId = element.id();
            news |= seenInLook.add(element.id());
            if (element.createdAt() >= since) {
                found.put(element.id(), element);
            } else {
                old = true;
            }
        }
        // A whole page of ours from before is further back than what is looked for; SKEW alone leads through minutes.
        old |= body.elements().stream().mapToLong(Element::id).allMatch(ours.earlier());
        // The order of the pages is nowhere promised: only while it holds may the older ones be left out.
        if (!news || (old && newestFirst)) {
            nextCatalog();
        } else {
            page++;
        }
    }

    private void nextCatalog() {
        page = 1;
        lastId = Long.MAX_VALUE;
        newestFirst = true;
        seenInLook.clear();
        catalog++;
        if (catalog == catalogs.size()) {
            catalog = 0;
            look++;
            if (look == 1 && judge().untouched().isEmpty()) {
                // Everything is there: a second look could only find it again.
                look = LOOKS;
            }
        }
    }

    @Override
    public Answer judge() {
        List<Element> free = found.values().stream()
                .filter(element -> !ours.claimed().test(element.id()))
                .sorted(Comparator.comparingLong(Element::id))
                .toList();
        return new AddMatch(chunk, free, others).answer();
    }
}
