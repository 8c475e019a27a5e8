package org.catalogdrop.page.http;

/**
 * What the page that asks for the password shows.
 *
 * @param fault why one was not let in; empty at first
 */
public record LoginView(String fault) {}
