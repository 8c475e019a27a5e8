/** The mapping files on the page: the list of them, and each as a form or as text, with the rows of a file that show what it does. */
package org.catalogdrop.page.mapping;
