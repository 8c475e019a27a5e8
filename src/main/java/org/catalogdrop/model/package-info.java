/** The nouns that travel: drop, row, operation, chunk, intent, answer, outcome. Records and sealed types on the JDK alone. */
package org.catalogdrop.model;
