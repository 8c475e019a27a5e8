/** Turns a chunk into a request, and an answer into outcomes. */
package org.catalogdrop.kommo;
