package org.catalogdrop.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;

/** Loads the routes: those of the {@code routes} folder beside the program, so that an operator can change them, else the jar's. */
final class Routes {

    private static final List<String> SHIPPED =
            List.of("inbox", "load", "send", "read-first", "tokens", "look-up", "list", "plan", "keys", "account");

    private Routes() {}

    static void load(CamelContext context, Optional<Path> folder) throws Exception {
        ResourceLoader loader = PluginHelper.getResourceLoader(context);
        List<Resource> resources = new ArrayList<>();
        for (String location : locations(folder)) {
            resources.add(loader.resolveResource(location));
        }
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(resources);
        } catch (Exception fault) {
            throw folder.isPresent() ? RoutesFault.of(folder.get(), fault) : fault;
        }
        folder.ifPresent(changed -> check(changed, context));
    }

    /** Camel would tell it only when a drop gets there, after half a minute. */
    private static void check(Path folder, CamelContext context) {
        List<RouteDefinition> routes =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
        TreeSet<String> unheard = new TreeSet<>();
        for (RouteDefinition route : routes) {
            ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
                    .map(ToDefinition::getUri)
                    .filter(uri -> uri.startsWith("direct:"))
                    .forEach(unheard::add);
        }
        routes.forEach(route -> unheard.remove(route.getInput().getUri()));
        if (!unheard.isEmpty()) {
            throw RoutesFault.nobodyHears(folder, unheard);
        }
    }

    private static List<String> locations(Optional<Path> folder) throws IOException {
        if (folder.isEmpty()) {
            return SHIPPED.stream()
                    .map(name -> "classpath:catalog-drop/routes/" + name + ".camel.yaml")
                    .toList();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".camel.yaml"))
                    .sorted()
                    .map(file -> "file:" + file)
                    .toList();
        }
    }
}
