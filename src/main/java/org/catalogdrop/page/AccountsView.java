package org.catalogdrop.page;

import java.util.List;

/**
 * The content of the page of all accounts.
 *
 * @param accounts the accounts by name
 */
public record AccountsView(List<Line> accounts) {

    /**
     * An account.
     *
     * @param name its name
     * @param path the path of its own pages; empty if it does not run
     * @param good whether nothing is wrong with it
     * @param state what it does, or what is wrong
     */
    public record Line(String name, String path, boolean good, String state) {}
}
