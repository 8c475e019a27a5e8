/** Cuts operations in order into chunks. */
package org.catalogdrop.chunk;
