package org.catalogdrop.page.http;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.model.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page that asks for the password. Safe for many threads. */
final class LoginPage {

    private static final Logger LOG = LoggerFactory.getLogger(LoginPage.class);

    private final Optional<Secret> password;
    private final LoginLimit limit;

    LoginPage(Optional<Secret> password, InstantSource clock) {
        this.password = password;
        this.limit = new LoginLimit(clock);
    }

    PageResponse form() {
        return password.isEmpty() ? PageResponse.redirect("/") : answer(200, "");
    }

    private static PageResponse answer(int status, String fault) {
        return new PageResponse.View(status, "Log in", "page/login.jte", new LoginView(fault));
    }

    /** Returns why one is not let in; empty if the password is right. */
    Optional<PageResponse> refusal(BrowserRequest request, InetAddress from) {
        Duration wait = limit.tried(from);
        if (!wait.isZero()) {
            return Optional.of(answer(
                    429, "Too many wrong passwords. Wait " + (wait.toMinutes() + 1) + " minutes, then try again."));
        }
        String tried = request.form("password").orElse("");
        if (password.isPresent() && isSame(password.get().reveal(), tried)) {
            limit.succeeded(from);
            return Optional.empty();
        }
        LOG.warn("someone at {} entered a wrong password for the page", from.getHostAddress());
        return Optional.of(answer(403, "This is not the password."));
    }

    /** Compares the digests, which have one length, in constant time. */
    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(Sha256.of(one), Sha256.of(other));
    }
}
