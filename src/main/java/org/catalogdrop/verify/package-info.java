/** Checks results: against their drop, line by line, and against the account. */
package org.catalogdrop.verify;
