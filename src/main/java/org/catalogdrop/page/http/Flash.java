package org.catalogdrop.page.http;

/**
 * A message that is shown once, on the page that follows an action.
 *
 * @param good whether the action succeeded
 * @param text what happened
 */
public record Flash(boolean good, String text) {}
