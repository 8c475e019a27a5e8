/** A cell's text becomes a number, a date, a word. */
package org.catalogdrop.mapping.value;
