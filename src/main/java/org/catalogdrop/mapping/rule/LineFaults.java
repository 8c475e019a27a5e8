package org.catalogdrop.mapping.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.catalogdrop.model.SafeText;

/** Collects the faults of a mapping file with their lines. Used by one thread. */
public final class LineFaults {

    private record Fault(int line, String text) {}

    private final String file;
    private final List<Fault> faults = new ArrayList<>();

    /** @param file its name, for messages */
    public LineFaults(String file) {
        this.file = file;
    }

    /** Adds a fault. */
    public void add(int line, String text) {
        faults.add(new Fault(line, text));
    }

    /** Returns how many there are. */
    public int count() {
        return faults.size();
    }

    /** Forgets all but the first ones. */
    public void keep(int first) {
        faults.subList(first, faults.size()).clear();
    }

    /** Returns all faults as messages, by line. */
    public List<String> texts() {
        return faults.stream()
                .sorted(Comparator.comparingInt(Fault::line))
                .map(fault -> SafeText.of(
                        file + ":" + fault.line() + ": " + fault.text().replaceFirst("\\.$", "") + "."))
                .toList();
    }
}
