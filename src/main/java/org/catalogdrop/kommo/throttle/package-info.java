/** The rate limit, the pause after 429 and the block after 403, shared by all processes of a machine. */
package org.catalogdrop.kommo.throttle;
