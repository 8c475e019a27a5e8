/** Routes, beans, bodies and headers: what the loader needs of Camel. With {@code cli}, the only package that knows Camel. */
package org.catalogdrop.camel;
