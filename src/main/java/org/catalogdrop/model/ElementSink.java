package org.catalogdrop.model;

import java.util.function.Consumer;

/** Takes elements of a list one by one, so that memory does not grow with the list. The body of a call of {@code direct:catalog-list}. */
public interface ElementSink extends Consumer<Element> {}
