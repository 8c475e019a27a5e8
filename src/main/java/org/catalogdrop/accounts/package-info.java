/** Runs many accounts in one process: each has a loader in a CamelContext of its own, and none holds up another. */
package org.catalogdrop.accounts;
