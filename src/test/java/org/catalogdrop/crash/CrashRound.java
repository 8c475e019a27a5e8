package org.catalogdrop.crash;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.catalogdrop.sandbox.store.StoredElement;

/**
 * Drops that follow from each other, with what someone does by hand between them: rows in the standard columns, and a first night; the adds
 * of the former taken back, and a second night; all of the second night taken back; a third night.
 */
final class CrashRound {

    static final int STAGES = 4;

    private final CrashWorld world;
    private final CrashWork work;
    private final Random random;
    private final int round;
    private final CrashDrop products;
    private final UnaryOperator<String> names;

    /** The places of rows in the standard columns that are in doubt, since another client added the same. */
    private Set<Integer> inDoubt = Set.of();

    /** What was sent for each key last, unless something else was done to its element since. */
    private final Map<String, String> sent = new HashMap<>();

    /** @param names of drops, by their stems */
    CrashRound(
            CrashWorld world,
            CrashWork work,
            Random random,
            int round,
            CrashDrop products,
            UnaryOperator<String> names) {
        this.world = world;
        this.work = work;
        this.random = random;
        this.round = round;
        this.products = products;
        this.names = names;
    }

    void run() throws IOException, InterruptedException {
        CrashNight first = CrashNight.first(keys(1), products.lines().size() / 2);
        first(first);
        Set<String> byHand = first.lines().stream()
                .skip(3)
                .limit(6)
                .map(CrashNight.Line::key)
                .collect(Collectors.toSet());
        CrashNight second = first.next(random, byHand, keys(2), products.lines().size() / 8);
        Set<String> edited = undo(second, second(second, byHand));
        CrashNight third = second.next(random, edited, keys(3), products.lines().size() / 2);
        Map<String, StoredElement> before = lay(third, 3);
        work.workOff("adds");
        assertLoaded(third, 3, before);
        world.laws(night(3)).assertCanBeUndone(false);
    }

    /** Some of its keys are in the list already. */
    private void first(CrashNight night) throws IOException, InterruptedException {
        night.lines().stream().limit(5).forEach(line -> world.makes(line.key()));
        products.lay(world.place(products()));
        Map<String, StoredElement> before = lay(night, 1);
        products.lines().stream().filter(line -> line.action().equals("add")).forEach(world.adds()::add);
        world.account().remember(world.sandbox().store(), CrashOthers.USER);
        work.workOff("adds");
        world.adds().clear();
        world.account().loaded(products);
        inDoubt = world.laws(products()).inDoubt();
        world.account().settle(products, inDoubt, world.sandbox().store(), CrashOthers.USER);
        assertLoaded(night, 1, before);
        world.laws(night(1)).assertCanBeUndone(false);
        world.laws(products()).assertSays(products, inDoubt);
        world.laws(products()).assertCanBeUndone(false);
    }

    /**
     * Elements of rows that change were deleted; one of these was made anew, and one whose key comes for the first time. Gives what keys
     * had before the night.
     */
    private Map<String, String> second(CrashNight night, Set<String> byHand) throws IOException, InterruptedException {
        byHand.forEach(world::deletes);
        world.makes(byHand.iterator().next());
        world.makes(keys(2) + 1);
        Map<String, String> told = new TreeMap<>(world.account().keyed());
        List<Map<String, String>> rows = world.laws(products()).undo();
        world.undo(products(), productsUndo());
        Map<String, StoredElement> before = lay(night, 2);
        work.workOff("full");
        world.account().addsUndone(products, inDoubt);
        assertLoaded(night, 2, before);
        world.laws(night(2)).assertCanBeUndone(true);
        world.laws(productsUndo()).assertUndid(rows, Set.of());
        return told;
    }

    /** Gives the keys of elements that were edited since and so are left. */
    private Set<String> undo(CrashNight night, Map<String, String> told) throws IOException, InterruptedException {
        List<Map<String, String>> rows = world.laws(night(2)).undo();
        Map<String, StoredElement> elements = world.keyed();
        Set<String> ids = rows.stream().map(row -> row.get("id")).collect(Collectors.toSet());
        Set<String> edited = night.lines().stream()
                .map(CrashNight.Line::key)
                .filter(key -> ids.contains(Long.toString(elements.get(key).id())))
                .limit(4)
                .collect(Collectors.toSet());
        edited.forEach(world::renames);
        Map<String, String> left = new HashMap<>(world.account().keyed());
        left.keySet().retainAll(edited);
        world.undo(night(2), nightUndo());
        work.workOff("full");
        world.account().keyed().clear();
        world.account().keyed().putAll(told);
        world.account().keyed().putAll(left);
        world.assertHolds();
        Set<Long> leftIds = new HashSet<>();
        edited.forEach(key -> leftIds.add(elements.get(key).id()));
        world.laws(nightUndo()).assertUndid(rows, leftIds);
        elements.forEach((key, element) -> {
            if (ids.contains(Long.toString(element.id()))) {
                sent.remove(key);
            }
        });
        return edited;
    }

    private Map<String, StoredElement> lay(CrashNight night, int number) throws IOException {
        night.lay(world.place(night(number)));
        return world.keyed();
    }

    private void assertLoaded(CrashNight night, int number, Map<String, StoredElement> before) throws IOException {
        world.account().loaded(night);
        world.assertHolds();
        world.laws(night(number)).assertSays(night, before, sent);
        night.lines().forEach(line -> sent.put(line.key(), line.text()));
    }

    private String products() {
        return names.apply("products" + round) + ".csv";
    }

    private String productsUndo() {
        return names.apply("undo" + round) + ".undo.csv";
    }

    private String night(int number) {
        return names.apply("night" + round + "-" + number) + ".csv";
    }

    private String nightUndo() {
        return names.apply("night" + round + "-u") + ".undo.csv";
    }

    private String keys(int night) {
        return round + "/" + night + "/";
    }
}
