/** A file becomes a drop; a drop becomes rows. */
package org.catalogdrop.intake;
