/** The database of the journal: its file, its schema, its only writer, and the keys in it. */
package org.catalogdrop.journal.store;
