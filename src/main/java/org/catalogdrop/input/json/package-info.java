/** JSON documents and lines become rows. */
package org.catalogdrop.input.json;
