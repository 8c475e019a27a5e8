/** Routes, beans, bodies and headers: what Camel needs of the loader. With {@code cli}, the only package that knows Camel. */
package org.catalogdrop.camel;
