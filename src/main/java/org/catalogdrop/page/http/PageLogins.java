package org.catalogdrop.page.http;

import java.time.InstantSource;
import org.catalogdrop.config.Settings;

/** Who is logged in. Several servers of one port share it, so one login counts for all accounts of a process. Safe for many threads. */
public final class PageLogins {

    private final Sessions sessions = new Sessions(InstantSource.system());
    private final LoginPage login;

    public PageLogins(Settings.Page settings) {
        this.login = new LoginPage(settings.password(), InstantSource.system());
    }

    Sessions sessions() {
        return sessions;
    }

    LoginPage login() {
        return login;
    }
}
