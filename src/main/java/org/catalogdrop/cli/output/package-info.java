/** What commands write, where, and with which exit status. */
package org.catalogdrop.cli.output;
