/** Access tokens: fixed, from a file, or a pair that is renewed. */
package org.catalogdrop.kommo.auth;
