/** Turns JSON documents and lines into rows. */
package org.catalogdrop.input.json;
