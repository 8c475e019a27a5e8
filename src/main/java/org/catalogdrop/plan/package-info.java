/** A dry run: what a load would send, without writing to the journal or the account. */
package org.catalogdrop.plan;
