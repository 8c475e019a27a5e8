/** What Spring Boot finds of the loader: its health, its settings and the report of a wrong one. The only room that knows Spring. */
package org.catalogdrop.spring;
