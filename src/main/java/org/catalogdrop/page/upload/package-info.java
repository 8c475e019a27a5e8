/** Files that a browser has sent. They are hidden in the inbox until a person lets them be loaded. */
package org.catalogdrop.page.upload;
