/** Turns a row into an operation, or into a reject with a reason. */
package org.catalogdrop.mapping;
