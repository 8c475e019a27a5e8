/** The database of the journal, wherever it is: its tables, its only writer, and the keys in it; and the file of one in a state folder. */
package org.catalogdrop.journal.store;
