/** The write-ahead journal: intents, settlements, and where to resume. */
package org.catalogdrop.journal;
