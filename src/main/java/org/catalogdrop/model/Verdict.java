package org.catalogdrop.model;

/** What the mapping makes of a row: an {@link Operation} to send, or a {@link Reject} with its reason. */
public sealed interface Verdict permits Operation, Reject {

    Row row();
}
