/** Takes one chunk from its intent to its settlement: delivery, bisection, concurrency, reconciliation steps. */
package org.catalogdrop.send;
