/** The database of the journal: its file, its form, its one writer, and the keys in it. */
package org.catalogdrop.journal.store;
