/** Reads the bytes of a file: unpacked, limited, and distinguished from other kinds of files. */
package org.catalogdrop.input.stream;
