/** Decides which files of the inbox are taken, when, and where they go in the end. */
package org.catalogdrop.inbox;
