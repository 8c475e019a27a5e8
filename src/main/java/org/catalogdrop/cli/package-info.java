/** The commands, their output and their exit statuses. */
package org.catalogdrop.cli;
