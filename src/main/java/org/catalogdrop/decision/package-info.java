/** Decides what has to be done for each row: send, skip or reject; knows keys, duplicate keys and missing elements. */
package org.catalogdrop.decision;
