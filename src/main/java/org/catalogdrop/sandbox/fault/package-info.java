/** Faults and other ways of the API that a request to the sandbox can ask for. */
package org.catalogdrop.sandbox.fault;
