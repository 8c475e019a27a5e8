package org.catalogdrop.model;

/**
 * The result of mapping a row: an {@link Operation} to send; an {@link Upsert}, which becomes an add or update once it is known whether its
 * element exists; a {@link Skip}; or a {@link Reject} with its reason.
 */
public sealed interface Verdict extends RowDecision permits Operation, Upsert, Skip, Reject {}
