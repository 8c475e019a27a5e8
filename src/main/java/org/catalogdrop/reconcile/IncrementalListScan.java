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
 * Finds new elements in a list of which most is known, by {@link InsertionSearch}. A delete by others could hide one of our elements from
 * that search, so it also asks the API's search for one of the names. If the two do not agree that nothing unknown is left, it reads the
 * list again. Used by one thread.
 */
final class IncrementalListScan implements ListScan {

    private final long catalogId;
    private final Optional<String> name;
    private final LongPredicate deleted;
    private final FullListScan walk;
    private final List<Element> found = new ArrayList<>();

    private InsertionSearch soundings;
    private OptionalInt place;
    /** Whether the API has returned more than a page at once. */
    private boolean many;

    private boolean tried;
    private boolean walking;
    private boolean asked;
    private boolean done;

    /**
     * @param name one of the names to find. Empty if absence need not be proven yet; then the top is read first, where new elements are
     * @param soundings the elements that must be in the list
     * @param deleted whether we may have deleted elements from this id on
     * @param walk the scan to use if the search fails
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
        // Deletes are not held back during the look.
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
            // Someone may have added to the list between two pages. What was found then is known now.
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
