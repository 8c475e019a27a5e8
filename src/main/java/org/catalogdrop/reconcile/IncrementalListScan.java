package org.catalogdrop.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.catalogdrop.kommo.read.ElementQuery;
import org.catalogdrop.kommo.read.ListSections;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.model.Element;

/**
 * Looks at a list of which it is known what must be in it, for what else there is: by {@link InsertionSearch}, and since a stranger's delete could hide an
 * element of ours from them, by asking for one of the names looked for. If the two do not agree that nothing is left unknown, the list is
 * read again.
 */
final class IncrementalListScan implements ListScan {

    private final long catalogId;
    private final Optional<String> name;
    private final LongPredicate deleted;
    private final FullListScan walk;
    private final List<Element> found = new ArrayList<>();

    private InsertionSearch soundings;
    private OptionalInt place;
    /** Whether more than a page was seen to come at once. */
    private boolean many;

    private boolean tried;
    private boolean walking;
    private boolean asked;
    private boolean done;

    /**
     * @param name one of the names looked for; empty if it is not yet to be proven that nothing is there: then the top is looked at
     *     first, where what was just made is
     * @param soundings what must be in the list
     * @param deleted whether we may have deleted elements from this id on
     * @param walk the way that is left if soundings are of no use
     */
    IncrementalListScan(
            long catalogId,
            Optional<String> name,
            InsertionSearch soundings,
            LongPredicate deleted,
            FullListScan walk) {
        this.catalogId = catalogId;
        this.name = name;
        this.soundings = soundings;
        this.deleted = deleted;
        this.walk = walk;
        this.place = name.isEmpty() ? OptionalInt.of(0) : soundings.next();
    }

    @Override
    public boolean isDone() {
        return walking ? walk.isDone() : done;
    }

    @Override
    public String query() {
        if (walking) {
            return walk.query();
        }
        String list = new ElementQuery(catalogId, OptionalLong.empty(), asked ? name : Optional.empty()).text();
        if (asked) {
            return list;
        }
        int first = place.getAsInt();
        return list
                + (first == 0
                        ? ListSections.TOP
                        : many
                                ? ListSections.TOP + "&limit_offset=" + first
                                : "&page=" + (first / InsertionSearch.PAGE + 1));
    }

    @Override
    public void take(PageBody page) {
        if (walking) {
            walk.take(page);
        } else if (asked) {
            done = true;
            walking = page.elements().stream().anyMatch(element -> soundings.isStrange(element.id()));
        } else {
            soundings.take(place.getAsInt(), page.elements());
            many |= page.elements().size() > InsertionSearch.PAGE;
            sound();
        }
        // Deletes are not held back while we look.
        walking |= deleted.test(soundings.lowest());
    }

    private void sound() {
        place = soundings.next();
        if (place.isPresent()) {
            return;
        }
        found.addAll(soundings.unknown());
        if (!soundings.isOff()) {
            asked = name.isPresent() && !soundings.isWhole();
            done = !asked;
        } else if (tried) {
            walking = true;
        } else {
            // Someone may have added to the list between two pages: what was found then is known now.
            tried = true;
            many = false;
            soundings = soundings.again();
            place = soundings.next();
        }
    }

    @Override
    public LongStream seen() {
        return walking ? walk.seen() : soundings.known();
    }

    @Override
    public Collection<Element> found() {
        List<Element> all = new ArrayList<>(found);
        all.addAll(walk.found());
        return all;
    }
}
