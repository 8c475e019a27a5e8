/** Several accounts in the CamelContext of a host: each has a loader in a context of its own, which calls of the host reach by name. */
package org.catalogdrop.camel.account;
