/** The HTTP client and one authorized call. */
package org.catalogdrop.camel.http;
