/** Turns CSV records into rows, and detects how a file is written and where its table is. */
package org.catalogdrop.input.csv;
