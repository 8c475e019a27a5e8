/** Health and metrics of a loader. */
package org.catalogdrop.observability;
