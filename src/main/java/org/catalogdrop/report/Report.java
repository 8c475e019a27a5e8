package org.catalogdrop.report;

import java.util.List;
import org.catalogdrop.model.Change;

/**
 * What a report page shows, in the order of the page.
 *
 * @param title what it is about
 * @param level how good the end is
 * @param verdict the end in one sentence
 * @param rows how many rows the drop has
 * @param segments the rows by how they ended; they add up to {@code rows}
 * @param facts what was read and how, and where it went
 * @param problems rows that were not accepted, by cause
 * @param otherProblems rows with still other causes
 * @param changes some changes of elements
 * @param charts the course of the load
 * @param length how long the course is, in words
 * @param files the files beside the report
 * @param steps what to do next
 */
public record Report(
        String title,
        Level level,
        String verdict,
        long rows,
        List<Segment> segments,
        List<Fact> facts,
        List<ProblemGroup> problems,
        long otherProblems,
        List<Change> changes,
        List<Chart> charts,
        String length,
        List<ResultFile> files,
        List<String> steps) {

    /** How good the end is. */
    public enum Level {
        /** Every row was accepted. */
        GOOD,
        /** Some rows were not accepted. */
        WARNING,
        /** The drop was refused as a whole. */
        BAD;

        /** Returns the word that the style sheet knows. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
