/** Parses a mapping file, and reports every fault with its line. */
package org.catalogdrop.mapping.yaml;
