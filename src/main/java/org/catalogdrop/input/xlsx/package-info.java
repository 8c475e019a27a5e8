/** A sheet of a workbook becomes CSV. */
package org.catalogdrop.input.xlsx;
