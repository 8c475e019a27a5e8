package org.catalogdrop.camel;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.util.ObjectHelper;

/** Thrown if the routes of a folder, which somebody may have changed, cannot run. It is thrown at the start, before a drop is opened. */
public final class RoutesFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RoutesFault(Path folder, String what, Exception cause) {
        super(
                "the routes in " + folder + " cannot be started: " + what
                        + "\nFix the file. Or move the folder away to use the routes that came with the program.",
                cause);
    }

    public static RoutesFault of(Path folder, Exception fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        FailedToCreateRouteException failed = ObjectHelper.getException(FailedToCreateRouteException.class, fault);
        String route = Optional.ofNullable(failed)
                .map(one -> "route '" + one.getRouteId() + "': ")
                .orElse("");
        return new RoutesFault(folder, route + root.getMessage().strip(), fault);
    }

    static RoutesFault missingMethods(Path folder, SortedSet<String> methods) {
        return new RoutesFault(
                folder,
                "they call " + String.join(", ", methods) + ", which this version does not have."
                        + " Take the files that came with this version and make your changes in them.",
                null);
    }

    static RoutesFault noConsumer(Path folder, SortedSet<String> endpoints) {
        return new RoutesFault(
                folder,
                "no route starts 'from' " + String.join(", ", endpoints) + ", but other routes send to it",
                null);
    }
}
