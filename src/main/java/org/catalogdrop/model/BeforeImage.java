package org.catalogdrop.model;

/**
 * An element as it was before a row of a drop changed it. {@code undo} restores it.
 *
 * @param row the row's number, from 1
 * @param element the element as it was read before the change
 */
public record BeforeImage(long row, Element element) {}
