/** Reads lists, elements and the account, and compares operations with elements. */
package org.catalogdrop.kommo.read;
