/** Reads lists, elements and the account, and says what an operation would change of an element. */
package org.catalogdrop.kommo.read;
