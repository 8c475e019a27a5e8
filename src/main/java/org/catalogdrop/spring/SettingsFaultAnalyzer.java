package org.catalogdrop.spring;

import org.catalogdrop.config.SettingsFault;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Makes Spring Boot report wrong settings as text, not as a stack trace. */
final class SettingsFaultAnalyzer extends AbstractFailureAnalyzer<SettingsFault> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, SettingsFault cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Change the settings of Catalog Drop in the properties of the application. docs/settings.md says what each may be.",
                cause);
    }
}
