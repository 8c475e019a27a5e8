/** The page of the running loader: what it shows, and what a person can do on it. Camel is behind {@link org.catalogdrop.page.LoaderCalls}. */
package org.catalogdrop.page;
