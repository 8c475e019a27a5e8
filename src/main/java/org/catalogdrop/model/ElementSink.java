package org.catalogdrop.model;

import java.util.function.Consumer;

/**
 * Takes the elements of a list one by one, so that memory does not grow with the list. Use it as the body of a call to
 * {@code direct:catalog-list}. The elements come in the order in which the list is read, one after the other.
 */
public interface ElementSink extends Consumer<Element> {}
