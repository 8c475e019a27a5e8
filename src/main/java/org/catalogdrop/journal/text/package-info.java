/** Texts beside a journal on PostgreSQL, which all processes of an account share, whoever owns the journal. */
package org.catalogdrop.journal.text;
