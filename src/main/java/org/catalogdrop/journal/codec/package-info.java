/** Encodes the states of many rows in few bytes. */
package org.catalogdrop.journal.codec;
