/** The Camel component {@code catalog-drop:}, which hosts and designers of routes use. It hands each call to the routes of a loader. */
package org.catalogdrop.camel.component;
