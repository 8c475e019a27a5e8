/** Operations in order become chunks. */
package org.catalogdrop.chunk;
