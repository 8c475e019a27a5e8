/** Finds out whether a request without an answer was applied. */
package org.catalogdrop.reconcile;
