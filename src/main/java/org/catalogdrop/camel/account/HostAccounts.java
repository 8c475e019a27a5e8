package org.catalogdrop.camel.account;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.support.LifecycleStrategySupport;
import org.catalogdrop.accounts.AccountClaims;
import org.catalogdrop.accounts.AccountLoader;
import org.catalogdrop.camel.HostSettings;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.camel.Lifecycles;
import org.catalogdrop.config.AccountProperties;
import org.catalogdrop.config.SettingKeys;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsFault;
import org.slf4j.MDC;

/**
 * Starts a loader for each account that the property {@code catalog-drop.accounts} of a CamelContext names, and stops them with the context.
 * Camel finds this class by {@code META-INF/services}.
 */
public final class HostAccounts implements ContextServicePlugin {

    @Override
    public void load(CamelContext context) {
        if (life(context).isEmpty()) {
            context.addLifecycleStrategy(new Life());
        }
    }

    private static Optional<Life> life(CamelContext context) {
        return Lifecycles.find(context, Life.class);
    }

    /** Does the same for a context that has looked for plugins before this jar was there. */
    public static void ensure(CamelContext context) throws VetoCamelContextStartException {
        if (life(context).isPresent()) {
            return;
        }
        Life late = new Life();
        context.addLifecycleStrategy(late);
        if (context.isStarted()) {
            late.onContextInitializing(context);
            late.onContextStarting(context);
        }
    }

    /** Returns the names of the accounts of a context. */
    public static List<String> names(CamelContext context) {
        return life(context).map(life -> List.copyOf(life.settings.keySet())).orElse(List.of());
    }

    /**
     * Returns the context in which the loader of an account is.
     *
     * @throws IllegalStateException if there is no such account
     */
    public static CamelContext context(CamelContext host, String name) {
        return life(host)
                .flatMap(life -> Optional.ofNullable(life.loaders.get(name)))
                .orElseThrow(() -> new IllegalStateException("there is no account '" + name + "' in context "
                        + host.getName() + ". " + HostSettings.ACCOUNTS + " names "
                        + (names(host).isEmpty() ? "none" : String.join(", ", names(host))) + "."))
                .context();
    }

    /** Follows the life of one context. */
    private static final class Life extends LifecycleStrategySupport {

        private Map<String, Settings> settings = Map.of();
        private final Map<String, AccountLoader> loaders = new LinkedHashMap<>();
        private boolean initialized;

        @Override
        public void onContextInitializing(CamelContext context) throws VetoCamelContextStartException {
            settings = Map.of();
            initialized = true;
            try {
                HostSettings shared = new HostSettings(context);
                List<String> names = context.getGlobalOption(AccountLoader.CONTEXT_OF) != null || shared.isExport()
                        ? List.of()
                        : names(context);
                settings = read(context, shared, names);
            } catch (SettingsFault fault) {
                throw new VetoCamelContextStartException(fault.getMessage(), fault, context, true);
            }
        }

        /** One that came late has missed the first step. */
        @Override
        public void onContextInitialized(CamelContext context) throws VetoCamelContextStartException {
            if (!initialized) {
                onContextInitializing(context);
            }
        }

        private static List<String> names(CamelContext context) {
            String names = context.getPropertiesComponent()
                    .resolveProperty(HostSettings.ACCOUNTS)
                    .orElse("");
            return Arrays.stream(names.split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
        }

        private static Map<String, Settings> read(CamelContext context, HostSettings shared, List<String> names) {
            Map<String, Properties> own = new LinkedHashMap<>();
            List<String> misspelt = new ArrayList<>();
            for (String name : names) {
                HostSettings account = new HostSettings(context, AccountProperties.prefix(name));
                misspelt.addAll(account.misspelt());
                Properties set = new Properties();
                SettingKeys.ALL.forEach(key -> account.apply(key).ifPresent(value -> set.setProperty(key, value)));
                own.put(name, set);
            }
            Map<String, Settings> settings = AccountProperties.read(own, shared, misspelt);
            Map<String, Settings> all = new LinkedHashMap<>(settings);
            Installation.in(context).ifPresent(one -> all.put("of kommo.base-url", one.settings()));
            List<String> faults = AccountClaims.faults(all).entrySet().stream()
                    .filter(fault -> settings.containsKey(fault.getKey()))
                    .flatMap(fault ->
                            fault.getValue().stream().map(text -> AccountProperties.prefix(fault.getKey()) + text))
                    .collect(Collectors.toList());
            if (!faults.isEmpty()) {
                throw SettingsFault.ofHost(faults);
            }
            return settings;
        }

        @Override
        public void onContextStarting(CamelContext context) throws VetoCamelContextStartException {
            for (Map.Entry<String, Settings> account : settings.entrySet()) {
                try {
                    loaders.put(account.getKey(), start(context, account.getKey(), account.getValue()));
                } catch (Exception fault) {
                    onContextStopped(context);
                    throw new VetoCamelContextStartException(
                            "account " + account.getKey() + ": " + fault.getMessage(), fault, context, true);
                }
            }
        }

        private static AccountLoader start(CamelContext host, String name, Settings settings) throws Exception {
            boolean watch = host.getPropertiesComponent()
                    .resolveProperty(AccountProperties.prefix(name) + "watch")
                    .or(() -> host.getPropertiesComponent().resolveProperty("catalog-drop.watch"))
                    .map(Boolean::parseBoolean)
                    .orElse(false);
            // Its threads take the name over from this one.
            MDC.put(AccountLoader.LOG_KEY, name);
            try {
                AccountLoader loader = AccountLoader.startInHost(
                        name, settings, watch, one -> one.drop().showTo(host, name));
                loader.context().addRoutes(new FinishedBridge(host, name));
                return loader;
            } finally {
                MDC.remove(AccountLoader.LOG_KEY);
            }
        }

        @Override
        public void onContextStopping(CamelContext context) {
            loaders.values().forEach(loader -> loader.drop().stop());
        }

        @Override
        public void onContextStopped(CamelContext context) {
            loaders.values().forEach(AccountLoader::close);
            loaders.clear();
            initialized = false;
        }
    }
}
