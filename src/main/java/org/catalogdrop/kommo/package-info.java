/** A chunk becomes a request; an answer becomes outcomes. */
package org.catalogdrop.kommo;
