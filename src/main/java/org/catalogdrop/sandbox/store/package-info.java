/** The lists of the sandbox, their fields and their elements. */
package org.catalogdrop.sandbox.store;
