/** A stand-in of the API, faults on request. */
package org.catalogdrop.sandbox;
