/** Shows what the journal and the folders know of all drops, as text or as JSON. */
package org.catalogdrop.cli.status;
