package org.catalogdrop.crash;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that are legal on POSIX and that a program may read as a path, an expression or a pattern. */
final class CrashNames {

    private static final List<String> AWKWARD = List.of(
            "\\f",
            " 100%",
            "%20x",
            "${header.x}",
            "{{y}}",
            ".",
            " e\u0301",
            "'\"`id`",
            "#?&=",
            "*[a]{b}",
            " ",
            "\u65e5\u672c \uD83D\uDE00",
            "$(x);|",
            "~");

    private final Map<String, String> names = new HashMap<>();
    private int next;

    /** @param first which of the awkward parts comes first */
    CrashNames(int first) {
        next = first;
    }

    /** Returns the name, without its ending, with something awkward at its end; always the same for a stem. */
    String of(String stem) {
        return names.computeIfAbsent(stem, any -> stem + AWKWARD.get(next++ % AWKWARD.size()));
    }
}
