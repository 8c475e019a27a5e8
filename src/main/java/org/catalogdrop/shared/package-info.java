/** What all processes of an account share beside its journal: the pair of tokens and a block of the API, in files or in the database. */
package org.catalogdrop.shared;
