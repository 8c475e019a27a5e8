/** The states of many rows as few bytes. */
package org.catalogdrop.journal.codec;
