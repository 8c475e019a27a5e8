/** What a mapping file says of one column, key or row. */
package org.catalogdrop.mapping.rule;
