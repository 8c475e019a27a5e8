/** Finds the mapping of a drop, and the ids of its names in the account. */
package org.catalogdrop.resolve;
