/** Reads a mapping file, with every fault and its line. */
package org.catalogdrop.mapping.yaml;
