/** CSV records become rows; finds out how a file is written and where its table is. */
package org.catalogdrop.input.csv;
