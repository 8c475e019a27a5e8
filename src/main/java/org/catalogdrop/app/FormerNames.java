package org.catalogdrop.app;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.model.RouteDefinition;

/**
 * Names that our routes had before each began with {@code catalog-}. A route that an operator changed then would no longer take the
 * place of ours: it would be left out, or do its work beside ours.
 */
final class FormerNames {

    private static final Set<String> ALL = Set.of(
            "account",
            "call-api",
            "call-once",
            "csv-records",
            "get-page",
            "inbox",
            "inbox-plan",
            "look-up",
            "new-tokens",
            "post-chunk",
            "read-first",
            "rows",
            "send-chunk",
            "send-chunks");

    private FormerNames() {}

    /** Those that stand in the routes, as id or as endpoint, by file. */
    static TreeMap<String, TreeSet<String>> in(List<RouteDefinition> routes) {
        return routes.stream()
                .filter(route -> names(route).findAny().isPresent())
                .collect(Collectors.groupingBy(
                        FormerNames::file,
                        TreeMap::new,
                        Collectors.flatMapping(FormerNames::names, Collectors.toCollection(TreeSet::new))));
    }

    private static Stream<String> names(RouteDefinition route) {
        Stream<String> endpoints = Stream.concat(Stream.of(route.getInput().getUri()), Routes.calls(route))
                .filter(uri -> uri.startsWith(Routes.DIRECT))
                .map(uri -> uri.substring(Routes.DIRECT.length()));
        return Stream.concat(Stream.of(route.getRouteId()), endpoints).filter(ALL::contains);
    }

    private static String file(RouteDefinition route) {
        String location = route.getResource().getLocation();
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
