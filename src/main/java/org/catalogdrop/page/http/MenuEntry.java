package org.catalogdrop.page.http;

/**
 * An entry of the menu.
 *
 * @param path where it leads
 * @param word what it says
 * @param current whether it is the page that is shown
 */
public record MenuEntry(String path, String word, boolean current) {}
