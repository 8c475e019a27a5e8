package org.catalogdrop.kommo;

import java.util.function.LongPredicate;

/**
 * Which elements adds of ours have made, as the journal knows.
 *
 * @param claimed whether an element belongs to another row already
 * @param earlier whether it was ours before what is looked for was sent: what is older than it is older than that
 */
public record Ours(LongPredicate claimed, LongPredicate earlier) {}
