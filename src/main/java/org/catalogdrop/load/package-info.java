/** Takes one drop from its file to its results: registration, checks, resumption, publishing. */
package org.catalogdrop.load;
