/** Changes the text of a mapping file value by value, so that its comments stay. */
package org.catalogdrop.mapping.edit;
