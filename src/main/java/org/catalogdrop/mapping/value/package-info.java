/** Converts the text of a cell into a number, a date or a word. */
package org.catalogdrop.mapping.value;
