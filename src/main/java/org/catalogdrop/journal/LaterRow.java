package org.catalogdrop.journal;

import org.catalogdrop.model.Status;

/**
 * A row of a drop that came after another one on its element, and was applied.
 *
 * @param number counts from 1
 * @param status how it ended
 */
public record LaterRow(long number, Status status) {}
