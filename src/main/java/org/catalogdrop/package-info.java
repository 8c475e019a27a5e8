/** Installs the loader into a CamelContext: the entry point for hosts. All other packages are internal, but for the nouns in {@code model}. */
package org.catalogdrop;
