package org.catalogdrop.page;

import java.util.List;

/**
 * The content of the page of a program that stands by.
 *
 * @param fault why the journal cannot be used; empty if only another process has it
 * @param isOwner whether this program owns the journal by now
 * @param facts the journal, its owner and what stands by
 */
public record StandbyView(String fault, boolean isOwner, List<AccountView.Fact> facts) {}
