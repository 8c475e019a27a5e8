/** The rejected rows, in the form of their drop. */
package org.catalogdrop.results.reject;
