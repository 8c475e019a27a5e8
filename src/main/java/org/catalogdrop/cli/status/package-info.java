/** What the journal and the folders say of all drops, as text or as JSON. */
package org.catalogdrop.cli.status;
