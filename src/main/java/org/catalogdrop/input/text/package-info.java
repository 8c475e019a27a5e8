/** Turns bytes into limited text in UTF-8, whatever the packing and the charset are. */
package org.catalogdrop.input.text;
