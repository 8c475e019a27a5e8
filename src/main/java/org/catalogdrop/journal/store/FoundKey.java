package org.catalogdrop.journal.store;

import java.util.List;

/**
 * An element that was read back.
 *
 * @param element its id
 * @param texts its key; several if it is not certain how it was written, none if it has no usable one
 */
public record FoundKey(long element, List<String> texts) {}
