/**
 * Hands files of inboxes over to the owner of the journal through its database, and their results back. The machine that has a file writes
 * it, the owner alone says that it has ended, and that machine removes it.
 */
package org.catalogdrop.journal.handover;
