package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowState.Open;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.SqliteDatabase;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories, against a model that keeps everything in lists. */
class HistoryTest {
    private static final int ROWS = 90;

    @TempDir
    Path state;

    private final List<Request> requests = new ArrayList<>();
    private final AtomicLong ticks = new AtomicLong(1000);
    private final InstantSource clock = () -> Instant.ofEpochMilli(ticks.incrementAndGet());
    private final Set<Long> added = new HashSet<>();
    private long reopenedUpTo;

    private record Request(long id, Instant at, Map<Long, RowState> words) {}

    Database database() {
        return new SqliteDatabase(state);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_histories_have_the_progress_of_the_model(long seed) {
        Random random = new Random(seed);
        List<Intent> intents = new ArrayList<>();
        Database database = database();
        Journal journal = Journal.open(state, clock, database);
        long drop = journal.enter(Samples.drop("a.csv", 'a'), "").id();
        for (int step = 0; step < 250; step++) {
            switch (random.nextInt(20)) {
                case 0 -> {
                    journal.reopenDoubts(drop);
                    reopenedUpTo = requests.size();
                }
                case 1 -> {
                    journal.close();
                    journal = Journal.open(state, clock, database);
                    assertThat(states(journal.progress(drop))).isEqualTo(model());
                }
                case 2, 3 -> lookUp(journal, drop, random);
                case 4, 5, 6, 7, 8, 9, 10 -> intents.add(intend(journal, drop, random));
                default -> settleAny(journal, intents, random);
            }
            if (step % 20 == 0) {
                assertThat(states(journal.progress(drop))).isEqualTo(model());
            }
            assertThat(journal.addsInDoubt(drop, 0))
                    .isEqualTo(new InDoubtAddCounts(
                            contents(Doubtful.class::isInstance), contents(HistoryTest::doubtOutcome)));
        }
        assertThat(states(journal.progress(drop))).isEqualTo(model());
        journal.close();
    }

    private Intent intend(Journal journal, long drop, Random random) {
        Intent intent = journal.intend(drop, chunk(random));
        note(intent.chunk());
        Map<Long, RowState> words = new HashMap<>();
        intent.chunk().operations().forEach(o -> words.put(o.row().number(), new Doubtful(intent.at())));
        requests.add(new Request(intent.id(), intent.at(), words));
        return intent;
    }

    private void settleAny(Journal journal, List<Intent> intents, Random random) {
        if (!intents.isEmpty()) {
            Intent intent = intents.get(intents.size() - 1 - random.nextInt(Math.min(4, intents.size())));
            Answer answer = answer(intent.chunk(), random);
            journal.settle(intent, answer);
            say(requests.get((int) intent.id() - 1), answer);
        }
    }

    private void lookUp(Journal journal, long drop, Random random) {
        Chunk chunk = chunk(random);
        Answer answer = answer(chunk, random);
        journal.lookedUp(drop, chunk, answer);
        note(chunk);
        Request request = new Request(requests.size() + 1L, Instant.ofEpochMilli(ticks.get()), new HashMap<>());
        requests.add(request);
        say(request, answer);
        request.words().values().removeIf(word -> !(word instanceof Settled));
    }

    private void note(Chunk chunk) {
        if (chunk.action() == Action.ADD) {
            chunk.operations().forEach(operation -> added.add(operation.row().number()));
        }
    }

    /** Of the rows in such a state that were to be added, each counted once. */
    private Map<Integer, Integer> contents(Predicate<RowState> state) {
        return added.stream()
                .filter(row -> state.test(model(row)))
                .collect(Collectors.toMap(row -> ((Operation.Add) Samples.add(row)).content(), row -> 1));
    }

    private static void say(Request request, Answer answer) {
        answer.untouched().forEach(o -> say(request, o.row().number(), new Open()));
        answer.doubtful().forEach(o -> say(request, o.row().number(), new Doubtful(request.at())));
        answer.settled().forEach(o -> say(request, o.row().number(), new Settled(o.status(), o.id(), o.problem())));
    }

    private static void say(Request request, long row, RowState word) {
        if (word instanceof Settled || !(request.words().get(row) instanceof Settled)) {
            request.words().put(row, word);
        }
    }

    private static Chunk chunk(Random random) {
        long first = 1L + random.nextInt(ROWS - 20);
        List<Long> rows = LongStream.range(first, first + 20)
                .filter(row -> random.nextInt(3) > 0)
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        rows.add(first + 20);
        Collections.shuffle(rows, random);
        boolean deletes = random.nextInt(4) == 0;
        return Samples.chunk(rows.stream()
                .map(row -> deletes ? Samples.delete(row) : Samples.add(row))
                .toList());
    }

    private static Answer answer(Chunk chunk, Random random) {
        List<Outcome> settled = new ArrayList<>();
        List<Operation> doubtful = new ArrayList<>();
        List<Operation> untouched = new ArrayList<>();
        int first = random.nextInt(8);
        int kinds = 1 + random.nextInt(8); // some answers say the same of all
        for (Operation operation : chunk.operations()) {
            Problem problem = Problem.of(Code.API_REFUSED, "because of " + random.nextInt(3));
            switch ((first + random.nextInt(kinds)) % 8) {
                case 0 -> settled.add(Outcome.done(operation, random.nextInt(1_000_000)));
                case 1 -> settled.add(Outcome.refused(operation, problem));
                case 2 -> settled.add(Outcome.inDoubt(operation, problem));
                case 3, 4 -> doubtful.add(operation);
                case 5, 6 -> untouched.add(operation);
                default -> {} // nothing said of it
            }
        }
        return new Answer(settled, doubtful, untouched, Optional.empty(), Optional.empty());
    }

    private static List<RowState> states(DropProgress progress) {
        return LongStream.rangeClosed(1, ROWS + 1).mapToObj(progress::of).toList();
    }

    private List<RowState> model() {
        return LongStream.rangeClosed(1, ROWS + 1).mapToObj(this::model).toList();
    }

    private RowState model(long row) {
        Optional<Request> last = Optional.empty();
        for (Request request : requests) {
            if (request.words().get(row) instanceof Settled) {
                last = Optional.of(request);
            }
        }
        if (last.isPresent()) {
            RowState word = last.get().words().get(row);
            if (!doubtOutcome(word) || last.get().id() > reopenedUpTo) {
                return word;
            }
        }
        return requests.stream()
                .filter(request -> request.words().get(row) instanceof Doubtful
                        || doubtOutcome(request.words().get(row)))
                .map(Request::at)
                .min(Instant::compareTo)
                .<RowState>map(Doubtful::new)
                .orElse(new Open());
    }

    private static boolean doubtOutcome(RowState word) {
        return word instanceof Settled settled && settled.status() == Status.IN_DOUBT;
    }
}
