package org.catalogdrop.model;

/**
 * An element as it was before a row of a drop changed it.
 *
 * @param row the row, from 1
 * @param element what was read
 */
public record BeforeImage(long row, Element element) {}
