/** Main, commands, wiring, settings. The only room that knows Camel. */
package org.catalogdrop.app;
