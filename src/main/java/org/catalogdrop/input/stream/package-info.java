/** The bytes of a file: unpacked, bounded, and told from other kinds of files. */
package org.catalogdrop.input.stream;
