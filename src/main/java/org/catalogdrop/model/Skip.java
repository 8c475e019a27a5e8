package org.catalogdrop.model;

import java.util.Optional;

/**
 * A row that its mapping file skips, such as a line with totals or an archived article.
 *
 * @param row the row
 * @param requestId its request_id; empty if it has no valid one
 * @param problem why it is skipped
 * @param key its natural key, so that its element does not count as missing from the drop; empty if the row's cannot be read
 */
public record Skip(Row row, String requestId, Problem problem, Optional<String> key) implements Verdict {}
