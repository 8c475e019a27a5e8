/** The rules of a mapping file for one column, key or row. */
package org.catalogdrop.mapping.rule;
