/** The HTTP client, and a single authorized call to the API. */
package org.catalogdrop.camel.http;
