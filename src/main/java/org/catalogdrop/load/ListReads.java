package org.catalogdrop.load;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.catalogdrop.model.Plural;

/** What is being read of lists, for whoever watches. Safe for any number of threads. */
public final class ListReads {

    private final LongAdder first = new LongAdder();
    private volatile Optional<Read> current = Optional.empty();

    /** A list being read. */
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
         * @param total how many elements are to be read; empty if nobody knows
         */
        private record Part(String what, OptionalLong total) {}

        /** Begins another part of the reading, of which the number of elements is known. */
        public void next(String what, long total) {
            elements = 0;
            part = new Part(what, OptionalLong.of(total));
        }

        /** So many were read so far. */
        public void at(long read) {
            elements = read;
        }

        /** Returns what is read and how far, in words; how many elements a list has the API does not say. */
        public String words() {
            Part now = part;
            String read = now.total().isPresent()
                    ? elements + " of " + Plural.of(now.total().getAsLong(), "element")
                    : Plural.of(elements, "element");
            return "reading " + now.what() + ", " + read + " so far";
        }

        /** It is read, or given up. */
        @Override
        public void close() {
            reads.current = reads.current.filter(other -> other != this);
        }
    }

    /** @param what is read and what for, in words */
    public Read begin(String what) {
        Read read = new Read(this, what);
        current = Optional.of(read);
        return read;
    }

    public Optional<Read> current() {
        return current;
    }

    /** Elements were read before a row changes them. */
    public void addFirst(int elements) {
        first.add(elements);
    }

    /** Returns how many elements were read so. */
    public long first() {
        return first.sum();
    }
}
