/** Guesses a first mapping file from the names and values of a drop. */
package org.catalogdrop.mapping.draft;
