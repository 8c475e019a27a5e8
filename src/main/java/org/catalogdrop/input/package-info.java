/**
 * Turns a file into a drop, and a drop into rows.
 *
 * <p>The rule for faults of a file: as long as the boundaries of the rows are certain, the row is at fault and becomes a
 * {@link org.catalogdrop.model.Row} with its problem. Once they are not certain (a quote that is not closed, broken JSON), every row from
 * there on would be a guess, so the drop is refused as a whole with {@link org.catalogdrop.model.DropRefused}. A file that cannot be read
 * for a reason outside of it (a disk, a stop) halts the run with {@link org.catalogdrop.model.RunHalted}.
 */
package org.catalogdrop.input;
