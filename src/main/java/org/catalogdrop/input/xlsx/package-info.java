/** Turns a sheet of a workbook into CSV. */
package org.catalogdrop.input.xlsx;
