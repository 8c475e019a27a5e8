/** What has to be done for each row: send, skip or reject; keys, duplicate keys and missing elements. */
package org.catalogdrop.decision;
