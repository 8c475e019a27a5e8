package org.catalogdrop.page.http;

import java.util.List;
import java.util.Optional;

/**
 * What is around the content of each page.
 *
 * @param title the title of the page
 * @param account the account, by its host
 * @param menu the menu; empty before the login
 * @param token the value of the hidden field {@code csrf} of each form
 * @param flash the message of the last action
 * @param canLogOut whether there is a password, so that one can log out
 * @param oneOfMany whether the process has other accounts, which {@code /?accounts} lists
 */
public record Frame(
        String title,
        String account,
        List<MenuEntry> menu,
        String token,
        Optional<Flash> flash,
        boolean canLogOut,
        boolean oneOfMany) {}
