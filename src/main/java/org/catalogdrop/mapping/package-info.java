/** A row becomes an operation, or a reject with a reason. */
package org.catalogdrop.mapping;
