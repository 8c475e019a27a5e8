package org.catalogdrop.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteFromTemplateException;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.ObjectHelper;

/** Loads the routes: from the {@code routes} folder beside the program, which an operator can change, or else from the jar. */
public final class Routes {

    private static final List<String> SHIPPED =
            List.of("inbox", "load", "send", "tokens", "look-up", "list", "plan", "account", "host");

    static final String DIRECT = "direct:";

    /** The prefix of all our names that share a namespace with a host's: routes, endpoints and variables. */
    static final String PREFIX = "catalog-";

    private static final String IN_JAR = "catalog-drop/routes/";

    /** The property of the routes that come from the jar. */
    private static final String SHIPPED_MARK = "catalog-drop.shipped";

    /** One route of each file that is always there. */
    private static final List<String> SHIPPED_IDS = List.of(
            "catalog-load",
            "catalog-send-chunk",
            "catalog-call-api",
            "catalog-look-up",
            "catalog-list",
            "catalog-plan",
            "catalog-account",
            "catalog-status");

    /** The endpoints of {@code docs/embedding.md}. */
    private static final List<String> CALLED_BY_HOSTS = Stream.of("load", "plan", "list", "undo", "status", "verify")
            .map(name -> DIRECT + PREFIX + name)
            .toList();

    private Routes() {}

    public static void load(CamelContext context, Optional<Path> folder) throws Exception {
        ResourceLoader loader = PluginHelper.getResourceLoader(context);
        List<Resource> resources = new ArrayList<>();
        for (String location : locations(folder)) {
            resources.add(loader.resolveResource(location));
        }
        removeEarlier(context);
        List<RouteDefinition> before = definitions(context);
        try {
            // Not by findRoutesBuilders, which parses each file once more before, in search of beans for Java code.
            RoutesBuilderLoader yaml = PluginHelper.getRoutesLoader(context).getRoutesLoader("yaml");
            for (Resource resource : resources) {
                RoutesBuilder builder = yaml.loadRoutesBuilder(resource);
                if (folder.isEmpty() && builder instanceof RouteBuilder shipped) {
                    shipped.addLifecycleInterceptor(new Shipped());
                }
                if (builder instanceof RouteConfigurationsBuilder configurations) {
                    context.addRoutesConfigurations(configurations);
                }
                context.addRoutes(builder);
                context.addTemplatedRoutes(builder);
            }
        } catch (Exception fault) {
            FailedToCreateRouteFromTemplateException taken =
                    ObjectHelper.getException(FailedToCreateRouteFromTemplateException.class, fault);
            if (taken != null
                    && before.stream().anyMatch(route -> route.getRouteId().equals(taken.getRouteId()))) {
                throw taken(context, List.of(taken.getRouteId()));
            }
            throw folder.isPresent() ? RoutesFault.of(folder.get(), fault) : fault;
        }
        List<String> replaced = before.stream()
                .filter(route -> !definitions(context).contains(route))
                .map(RouteDefinition::getRouteId)
                .toList();
        if (!replaced.isEmpty()) {
            throw taken(context, replaced);
        }
        folder.ifPresent(changed -> check(changed, context));
    }

    private static IllegalStateException taken(CamelContext context, List<String> ids) {
        return new IllegalStateException(
                "context " + context.getName() + " has routes with the ids " + ids
                        + ", which Catalog Drop uses for its own routes. Give your routes other ids. docs/embedding.md lists all ids that are taken.");
    }

    /** Removes the routes of a loader that was closed. Camel replaces a route with the same id, but not one that was made of a template. */
    private static void removeEarlier(CamelContext context) throws Exception {
        Model model = model(context);
        model.removeRouteDefinitions(
                definitions(context).stream().filter(Routes::isOurs).toList());
        model.removeRouteTemplateDefinitions(model.getRouteTemplateDefinitions().stream()
                .filter(template -> template.getId().startsWith(PREFIX))
                .toList());
    }

    private static boolean isOurs(RouteDefinition route) {
        return Boolean.TRUE.equals(route.isTemplate())
                ? route.getRouteId().startsWith(PREFIX)
                : route.getRouteProperties() != null
                        && route.getRouteProperties().stream()
                                .anyMatch(property -> property.getKey().equals(SHIPPED_MARK));
    }

    /**
     * Marks the routes of the jar, and removes the file from them: a host that reloads its routes reads the files of all routes again, which
     * fails for ours. {@link RouteReload} brings them back.
     */
    private static final class Shipped implements RouteBuilderLifecycleStrategy {

        @Override
        public void afterConfigure(RouteBuilder builder) {
            builder.getRouteCollection().getRoutes().forEach(route -> {
                route.setResource(null);
                route.routeProperty(SHIPPED_MARK, "true");
            });
            builder.getRouteTemplateCollection().getRouteTemplates().forEach(template -> {
                template.setResource(null);
                template.getRoute().setResource(null);
            });
        }
    }

    /** Loads the routes of the jar again if the host has removed some of them. */
    static void restore(CamelContext context) throws Exception {
        if (SHIPPED_IDS.stream().anyMatch(id -> context.getRoute(id) == null)) {
            load(context, Optional.empty());
        }
    }

    /** Makes our routes of definitions that were added after Camel has done that for all others. */
    static void startNow(CamelContext context) {
        try {
            ((ModelCamelContext) context)
                    .startRouteDefinitions(definitions(context).stream()
                            .filter(Routes::isOurs)
                            .filter(route -> context.getRoute(route.getRouteId()) == null)
                            .toList());
        } catch (Exception fault) {
            throw new IllegalStateException(fault);
        }
    }

    /**
     * Returns which route of a host calls the loader, as {@code route ID calls URI}, if no route of the context answers that call. Camel
     * would report that only at the first call, half a minute later.
     */
    static Optional<String> callWithoutLoader(CamelContext context) {
        List<RouteDefinition> routes = definitions(context);
        List<String> answered =
                routes.stream().map(route -> plainUri(fromUri(route))).toList();
        return routes.stream()
                .flatMap(route -> sends(route)
                        .map(uri -> plainUri(filled(route, uri)))
                        .filter(uri -> CALLED_BY_HOSTS.contains(uri) && !answered.contains(uri))
                        .map(uri -> "route " + route.getRouteId() + " calls " + uri))
                .findFirst();
    }

    private static Stream<String> sends(RouteDefinition route) {
        return Stream.of(
                        calls(route),
                        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDynamicDefinition.class)
                                .stream()
                                .map(ToDynamicDefinition::getUri),
                        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), EnrichDefinition.class)
                                .stream()
                                .map(step -> step.getExpression() == null
                                        ? ""
                                        : step.getExpression().getExpression()))
                .flatMap(uris -> uris)
                .filter(Objects::nonNull);
    }

    private static String plainUri(String uri) {
        return uri.replaceFirst("\\?.*", "").replace("://", ":");
    }

    private static Model model(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    private static List<RouteDefinition> definitions(CamelContext context) {
        return List.copyOf(model(context).getRouteDefinitions());
    }

    /**
     * Checks that every endpoint has a consumer and every bean its methods. Camel would report that only when a drop gets there, half a
     * minute later, or not at all.
     */
    private static void check(Path folder, CamelContext context) {
        List<RouteDefinition> routes = definitions(context);
        TreeSet<String> unheard = routes.stream()
                .flatMap(Routes::calls)
                .filter(uri -> uri.startsWith(DIRECT))
                .collect(Collectors.toCollection(TreeSet::new));
        routes.forEach(route -> unheard.remove(fromUri(route)));
        if (!unheard.isEmpty()) {
            throw RoutesFault.noConsumer(folder, unheard);
        }
        TreeSet<String> missing = routes.stream()
                .flatMap(route -> missingMethods(route, context))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            throw RoutesFault.missingMethods(folder, missing);
        }
    }

    /** Returns the endpoint that a route consumes from. */
    static String fromUri(RouteDefinition route) {
        return filled(route, route.getInput().getUri());
    }

    /** Returns a text of a route with the template's parameters filled in. */
    public static String filled(RouteDefinition route, String text) {
        String filled = text;
        if (route.getTemplateParameters() != null) {
            for (Map.Entry<String, Object> parameter :
                    route.getTemplateParameters().entrySet()) {
                filled = filled.replace(
                        "{{" + parameter.getKey() + "}}", parameter.getValue().toString());
            }
        }
        return filled;
    }

    /** Returns the methods that steps of a route call and that are no step of ours and no method of our beans, as {@code bean.method}. */
    private static Stream<String> missingMethods(RouteDefinition route, CamelContext context) {
        Stream<String> steps =
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), BeanDefinition.class).stream()
                        .map(step -> step.getRef() + "." + step.getMethod());
        Stream<String> kept = calls(route)
                .filter(uri -> uri.startsWith("bean:"))
                .map(uri -> uri.substring("bean:".length()).replace("?method=", "."));
        Stream<String> typed =
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessDefinition.class).stream()
                        .map(ProcessDefinition::getRef);
        return Stream.of(steps, kept, typed)
                .flatMap(names -> names)
                .map(step -> filled(route, step).replaceFirst("\\(.*", ""))
                .filter(step -> step.startsWith(PREFIX)
                        && context.getRegistry().lookupByName(step) == null
                        && !hasMethod(context, step));
    }

    private static boolean hasMethod(CamelContext context, String step) {
        int dot = step.indexOf('.');
        Object bean = context.getRegistry().lookupByName(step.substring(0, dot));
        return bean != null
                && Stream.of(bean.getClass().getMethods())
                        .anyMatch(method -> method.getName().equals(step.substring(dot + 1)));
    }

    /** Returns the endpoints that a route sends to, at any depth of its steps. */
    static Stream<String> calls(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
                .map(ToDefinition::getUri);
    }

    private static List<String> locations(Optional<Path> folder) throws IOException {
        if (folder.isEmpty()) {
            return SHIPPED.stream()
                    .map(name -> "classpath:" + IN_JAR + name + ".camel.yaml")
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
