package org.catalogdrop.config;

import java.util.List;

/** The names of all settings. The table in {@code docs/settings.md} has the same names; a test compares them. */
public final class SettingKeys {

    public static final List<String> ALL = List.of(
            "kommo.base-url",
            "kommo.access-token",
            "kommo.access-token-file",
            "kommo.client-id",
            "kommo.client-secret",
            "kommo.client-secret-file",
            "kommo.redirect-uri",
            "kommo.token-file",
            "kommo.catalog-id",
            "kommo.marker-field",
            "kommo.requests-per-second",
            "kommo.reserve",
            "kommo.pace-folder",
            "kommo.chunk-size",
            "kommo.in-flight",
            "kommo.in-flight-max",
            "kommo.connect-timeout",
            "kommo.response-timeout",
            "kommo.doubt-wait",
            "kommo.proxy",
            "kommo.trust-store",
            "kommo.trust-store-password",
            "drop.home",
            "drop.inbox",
            "drop.outbox",
            "drop.archive",
            "drop.refused",
            "drop.state",
            "drop.mappings",
            "drop.settle",
            "drop.poll",
            "drop.repeat",
            "drop.on-reject",
            "drop.unknown-columns",
            "drop.approve",
            "drop.reports",
            "drop.undo",
            "drop.unpacked-limit",
            "drop.row-limit",
            "drop.charset",
            "drop.delimiter",
            "drop.quote",
            "drop.results-delimiter",
            "drop.results-mark",
            "drop.notify",
            "drop.log",
            "drop.free-space",
            "drop.management-port",
            "drop.management-address",
            "drop.page",
            "drop.page-password",
            "drop.page-password-file",
            "drop.page-host");

    private SettingKeys() {}
}
