/** Requests as the sandbox reads them, and replies as it writes them. */
package org.catalogdrop.sandbox.http;
