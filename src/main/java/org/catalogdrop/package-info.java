/** The entry point for hosts: installs the loader into a CamelContext. All other packages except {@code model} are internal. */
package org.catalogdrop;
