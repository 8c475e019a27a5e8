/** Which mapping a drop uses, and what its names stand for in the account. */
package org.catalogdrop.resolve;
