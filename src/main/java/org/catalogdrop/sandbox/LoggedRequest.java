package org.catalogdrop.sandbox;

import java.time.Instant;
import java.util.Arrays;

/**
 * A request that arrived, and its result.
 *
 * @param number its number, from 1
 * @param time when it had arrived completely, by the sandbox's clock
 * @param method its method
 * @param uri its path and query
 * @param status the status of the answer; 0 if the connection was closed without one
 * @param action {@code add}, {@code update}, {@code delete}, {@code mixed}; empty if it had no items
 * @param fault the name of its fault; empty if none
 * @param items how many items it had
 * @param refused how many of them were refused, each on its own
 * @param bytes the length of its body; -1 if it did not say
 * @param ids the elements that were created, updated or deleted, in the order of the request, whether answered or not
 * @param requestIds the request_id sent with each of {@code ids}; -1 if there was none (or no number)
 */
public record LoggedRequest(
        long number,
        Instant time,
        String method,
        String uri,
        int status,
        String action,
        String fault,
        int items,
        int refused,
        long bytes,
        long[] ids,
        long[] requestIds) {

    /** Returns whether anything of it was applied. */
    public boolean isApplied() {
        return ids.length > 0;
    }

    @Override
    public String toString() {
        return number + " " + method + " " + uri + " -> " + status + " " + action + " " + items + " items, applied "
                + Arrays.toString(ids) + (fault.isEmpty() ? "" : ", fault " + fault);
    }
}
