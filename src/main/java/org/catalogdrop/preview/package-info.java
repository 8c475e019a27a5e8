/** What a file would become: its first rows, tried with a mapping that is being written, and rejected rows that are being fixed. Nothing is sent. */
package org.catalogdrop.preview;
