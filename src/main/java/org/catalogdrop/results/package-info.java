/** Outcomes become files, whole or not at all. */
package org.catalogdrop.results;
