package org.catalogdrop.model;

import java.util.Optional;

/**
 * A row that is passed over on purpose: a line with totals, a remark, an article that is archived.
 *
 * @param row the row
 * @param requestId its request_id as far as it could be told, else empty
 * @param problem what shows that it is one
 * @param key its key, as far as that was asked for and could be told: its element is not missing from the drop
 */
public record Skip(Row row, String requestId, Problem problem, Optional<String> key) implements Verdict {}
