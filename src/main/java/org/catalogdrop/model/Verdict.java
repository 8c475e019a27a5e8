package org.catalogdrop.model;

/**
 * What the mapping makes of a row: an {@link Operation} to send, an {@link Upsert} that becomes one once it is known whether its element is
 * there, a {@link Skip} of a row that is passed over, or a {@link Reject} with its reason.
 */
public sealed interface Verdict permits Operation, Upsert, Skip, Reject {

    Row row();
}
