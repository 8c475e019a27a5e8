/**
 * A file becomes a drop; a drop becomes rows.
 *
 * <p>The rule for what is wrong with a file: as long as the boundaries of the rows are certain, the row is at fault and comes out
 * as a {@link org.catalogdrop.model.Row} with its problem. Once they are not (a quote that is not closed, broken JSON), every
 * row from there on would be a guess, so the drop is refused as a whole with {@link org.catalogdrop.model.DropRefused}. A file that
 * cannot be read for a reason outside of it (a disk, a stop) halts the run with {@link org.catalogdrop.model.RunHalted}.
 */
package org.catalogdrop.input;
