/** The nouns of the loader: drop, row, operation, chunk, intent, answer, outcome. Records and sealed types that need only the JDK. */
package org.catalogdrop.model;
