/**
 * Short texts that outlive the owner of a journal: those that all processes of an account share, whoever is the owner, and the marks of
 * unfinished results.
 */
package org.catalogdrop.journal.text;
