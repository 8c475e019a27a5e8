/** Pages that people open after a load: the report of a drop and the index of the outbox. */
package org.catalogdrop.report;
