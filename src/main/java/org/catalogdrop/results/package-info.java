/** Turns outcomes into files, completely or not at all. */
package org.catalogdrop.results;
