package org.catalogdrop.mapping;

import java.util.List;

/** Thrown if a mapping file cannot be used. It lists all faults with their lines. */
public final class MappingRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public MappingRefused(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** Returns the faults in the order of their lines: {@code NAME:LINE: what is wrong}. */
    public List<String> faults() {
        return faults;
    }
}
