/** Files of text, and the forms of what is in them. */
package org.catalogdrop.results.file;
