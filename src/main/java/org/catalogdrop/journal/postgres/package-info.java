/** A journal on PostgreSQL: its database, its owner and the processes that stand by for it, and how a restored backup is noticed. */
package org.catalogdrop.journal.postgres;
