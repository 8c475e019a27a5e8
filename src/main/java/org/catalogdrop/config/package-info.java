/** Settings, read from all their sources and checked at once. */
package org.catalogdrop.config;
