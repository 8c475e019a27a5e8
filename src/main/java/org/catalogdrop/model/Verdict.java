package org.catalogdrop.model;

/**
 * What the mapping makes of a row: an {@link Operation} to send, an {@link Upsert} that becomes one once it is known whether its element is
 * there, or a {@link Reject} with its reason.
 */
public sealed interface Verdict permits Operation, Upsert, Reject {

    Row row();
}
