package org.catalogdrop.load;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.catalogdrop.model.Plural;

/** The reads of lists that are under way, for monitoring. Safe for many threads. */
public final class ListReads {

    private final LongAdder first = new LongAdder();
    private volatile Optional<Read> current = Optional.empty();

    /** A list that is being read. */
    public static final class Read implements AutoCloseable {

        private final ListReads reads;
        private volatile Part part;
        private volatile long elements;

        private Read(ListReads reads, String what) {
            this.reads = reads;
            this.part = new Part(what, OptionalLong.empty());
        }

        /**
         * A part of the reading.
         *
         * @param total how many elements are to be read; empty if that is not known
         */
        private record Part(String what, OptionalLong total) {}

        /** Begins another part of the reading with a known number of elements. */
        public void next(String what, long total) {
            elements = 0;
            part = new Part(what, OptionalLong.of(total));
        }

        /** Records how many elements were read so far. */
        public void at(long read) {
            elements = read;
        }

        /** Returns what is read and how far, as a text. The API does not say how many elements a list has. */
        public String describe() {
            Part now = part;
            String read = now.total().isPresent()
                    ? elements + " of " + Plural.of(now.total().getAsLong(), "element")
                    : Plural.of(elements, "element");
            return "reading " + now.what() + ", " + read + " so far";
        }

        /** Ends the reading, whether it succeeded or not. */
        @Override
        public void close() {
            reads.current = reads.current.filter(other -> other != this);
        }
    }

    /** @param what what is read and what for, as a text */
    public Read begin(String what) {
        Read read = new Read(this, what);
        current = Optional.of(read);
        return read;
    }

    public Optional<Read> current() {
        return current;
    }

    /** Counts elements that were read before a row changes them. */
    public void addFirst(int elements) {
        first.add(elements);
    }

    /** Returns the number of elements that were read before a row changes them. */
    public long first() {
        return first.sum();
    }
}
