/** The log of the stand-alone process: its levels, and its lines as text or as JSON. */
package org.catalogdrop.cli.log;
