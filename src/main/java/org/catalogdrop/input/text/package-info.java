/** Bytes become bounded text in UTF-8, whatever the packing and the charset. */
package org.catalogdrop.input.text;
