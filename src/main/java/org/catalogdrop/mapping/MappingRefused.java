package org.catalogdrop.mapping;

import java.util.List;

/** A mapping file that cannot be used as it stands; all that is wrong with it, each with its line. */
public final class MappingRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public MappingRefused(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** In the order of their lines: {@code NAME:LINE: what is wrong}. */
    public List<String> faults() {
        return faults;
    }
}
