/** What all formats of rows share: names of columns, the header, the numbering. */
package org.catalogdrop.input.row;
