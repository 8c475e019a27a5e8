/** What was intended, what was settled, where to go on. */
package org.catalogdrop.journal;
