package org.catalogdrop.input.csv;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.input.row.AnyColumns;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.input.row.Header;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.text.DecodingStack;
import org.catalogdrop.input.text.DropSource;
import org.catalogdrop.input.text.LookBehindBuffer;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DetectedBy;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.Table;

/**
 * Detects the delimiter and quote of a CSV file: what is expected, else what its line {@code sep=} says, else the candidate with which
 * most columns of the header have a meaning; among equals, the one with more columns. Immutable.
 */
public record DialectDetector(DecodingStack layers, Set<String> mapped, FormatHints expected) {

    public static final List<Character> AUTO = List.of(',', ';', '\t', '|');
    public static final List<Character> TAB = List.of('\t');
    public static final List<Character> COMMA = List.of(',');

    private static final Pattern SEP =
            Pattern.compile("(\"?)sep=([^\\p{Alnum}\"\r\n])\\1[\r\n]", Pattern.CASE_INSENSITIVE);

    /** The number of rows that are checked for a delimiter at their end. */
    private static final int SAMPLE = 100;

    private static final Optional<Character> SINGLE_QUOTE = Optional.of('\'');

    private record Candidate(Dialect found, Header header, long known) {

        /** Returns whether no name of the header has a character that may be a delimiter. */
        boolean hasWholeNames() {
            return header.columns().stream().noneMatch(name -> AUTO.stream().anyMatch(sign -> name.indexOf(sign) >= 0));
        }
    }

    private static final Comparator<Candidate> BETTER = Comparator.comparingLong(Candidate::known)
            .thenComparingInt(candidate -> candidate.header().columns().size());

    /** If any names are allowed, a row of texts with commas would look like a header with more columns than the real one. */
    private static final Comparator<Candidate> WHOLE_NAMES = Comparator.comparing(Candidate::hasWholeNames);

    /** @param usual the delimiters to try if nothing names one */
    public Dialect find(List<Character> usual) {
        Table wanted = expected.table();
        if (wanted.header() != Table.FIRST || wanted.escape().isPresent()) {
            // The rejects of a drop are written plainly, whatever their name is.
            Table plain = wanted.withHeader(Table.FIRST).withEscape(Optional.empty());
            Optional<Candidate> rejects = with(plain).rejects(usual);
            if (rejects.isPresent()) {
                return rejects.get().found();
            }
        }
        Candidate best = best(usual);
        if (best.known() == 0) {
            throw best.header()
                    .meaningless(
                            place(best.found().table()), new TableHint(layers, mapped).sentence(candidates(usual)));
        }
        if (wanted.header() == Table.SEARCHED
                && !isOfAnyColumns()
                && !best.header().hasAll(mapped)) {
            throw new DropRefused(
                    Code.NO_HEADER,
                    "None of the first " + TopRows.MOST
                            + " lines has all columns that the mapping reads, so the header was not found"
                            + " (header: auto). "
                            + place(best.found().table()) + " is the closest: "
                            + best.header().shown() + ". Correct the mapping or the drop, and drop it again.");
        }
        if (mapped.isEmpty() && !isOfAnyColumns()) {
            best.header().distinct();
        }
        return best.found()
                .with(best.found().table().withTrailingDelimiter(!layers.workbook() && endsInDelimiters(best.found())));
    }

    private String place(Table table) {
        return table.header() == Table.FIRST
                ? "The first line"
                : (layers.workbook() ? "Row " : "Line ") + table.header();
    }

    private boolean isOfAnyColumns() {
        return mapped instanceof AnyColumns;
    }

    private DialectDetector with(Table table) {
        return new DialectDetector(layers, mapped, expected.with(table));
    }

    private Optional<Candidate> rejects(List<Character> usual) {
        try {
            return Optional.of(best(usual)).filter(one -> one.header().isOfRejects());
        } catch (DropRefused none) {
            return Optional.empty();
        }
    }

    private Candidate best(List<Character> usual) {
        List<Dialect> candidates = candidates(usual);
        Candidate best = bestOf(candidates);
        if (expected.quote().isEmpty() && best.header().isInSingleQuotes()) {
            Candidate other = bestOf(candidates.stream()
                    .map(one -> new Dialect(one.delimiter(), one.by(), SINGLE_QUOTE, one.sepLine(), one.table()))
                    .toList());
            best = other.known() > best.known() ? other : best;
        }
        return best;
    }

    private List<Dialect> candidates(List<Character> usual) {
        Optional<Character> sep = sepLine();
        Optional<Character> said = expected.delimiter().or(() -> sep);
        DetectedBy by = usual.size() > 1 ? DetectedBy.CONTENT : DetectedBy.FORMAT;
        DetectedBy witness =
                said.isEmpty() ? by : expected.delimiter().isPresent() ? DetectedBy.SETTING : DetectedBy.MARK;
        Optional<Character> quote =
                expected.quote().map(FormatHints.Quote::character).orElse(PhysicalFormat.DOUBLE_QUOTE);
        return said.map(List::of).orElse(usual).stream()
                .map(delimiter -> new Dialect(delimiter, witness, quote, sep.isPresent(), expected.table()))
                .toList();
    }

    private Candidate bestOf(List<Dialect> ways) {
        List<Candidate> candidates = new ArrayList<>();
        Optional<DropRefused> fault = Optional.empty();
        for (Dialect found : ways) {
            try {
                candidate(found).ifPresent(candidates::add);
            } catch (DropRefused refused) {
                // A quote may make no sense with one delimiter, and sense with another.
                if (refused.problem().code() != Code.QUOTE && refused.problem().code() != Code.ENDLESS_LINE) {
                    throw refused;
                }
                fault = Optional.of(refused);
            }
        }
        Comparator<Candidate> better = isOfAnyColumns() ? WHOLE_NAMES.thenComparing(BETTER) : BETTER;
        Optional<Candidate> best = candidates.stream().reduce((a, b) -> better.compare(a, b) >= 0 ? a : b);
        if (best.isEmpty()) {
            throw fault.orElseGet(ReadFaults::empty);
        }
        Candidate found = best.get();
        Header header = found.header().decodable(layers.charset(), layers.workbook(), mapped);
        if (found.known() == 0 && header.columns().size() == 1 && fault.isPresent()) {
            throw fault.get();
        }
        return found;
    }

    /** Returns the delimiter that Excel's line before the header names, if it is there. */
    private Optional<Character> sepLine() {
        if (layers.workbook()) {
            return Optional.empty();
        }
        try (DropSource source = DropSource.open(layers)) {
            String start = new String(source.text().readNBytes(9), StandardCharsets.ISO_8859_1);
            Matcher sep = SEP.matcher(start);
            return sep.lookingAt() ? Optional.of(sep.group(2).charAt(0)) : Optional.empty();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Returns the header where it is expected, if the file is CSV of this dialect. */
    private Optional<Candidate> candidate(Dialect found) {
        int wanted = found.table().header();
        if (wanted == Table.FIRST) {
            return first(found)
                    .map(line ->
                            new Candidate(found, line.header(), line.header().known(mapped)));
        }
        TopRows top = TopRows.of(layers, found.csv());
        if (wanted > 0 && top.at(wanted).isEmpty() && top.first().isPresent()) {
            throw new DropRefused(
                    Code.NO_HEADER,
                    place(found.table()) + ", where the mapping expects the header, is blank or missing."
                            + " Correct 'header' in the mapping, or write header: auto, and drop the file again.");
        }
        Optional<TopRows.Top> header = wanted > 0
                ? top.at(wanted)
                : isOfAnyColumns()
                        ? top.likely()
                        : top.withAll(mapped).or(() -> top.withMost(mapped)).or(top::first);
        // The first line needs no number, and may be below a line sep=.
        return header.map(row -> {
            boolean first = first(found)
                    .filter(one -> (layers.workbook() ? one.record() : one.start()) == row.line())
                    .isPresent();
            return new Candidate(
                    found.with(found.table().withHeader(first ? Table.FIRST : row.line())),
                    row.header(),
                    row.header().known(mapped));
        });
    }

    private Optional<CsvRows.HeaderLine> first(Dialect found) {
        try (DropSource source = DropSource.open(layers)) {
            LookBehindBuffer recent = new LookBehindBuffer(source.text());
            Quoting quoting = new Quoting(found.quote(), found.table().escape(), 0, recent);
            Reader reader = new InputStreamReader(recent, StandardCharsets.ISO_8859_1);
            CSVParser parser = CSVParser.parse(reader, found.csv());
            return CsvRows.header(parser.iterator(), source.text(), quoting, found.sepLine());
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Returns whether all of the first rows have one cell more than the header, and it is empty. */
    private boolean endsInDelimiters(Dialect found) {
        int rows = 0;
        try (DropSource source = DropSource.open(layers.with(found.table()))) {
            LookBehindBuffer recent = new LookBehindBuffer(source.text());
            Quoting quoting = new Quoting(found.quote(), found.table().escape(), 0, recent);
            Reader reader = new InputStreamReader(recent, StandardCharsets.ISO_8859_1);
            Iterator<CSVRecord> records = CSVParser.parse(reader, found.csv()).iterator();
            boolean sepLine = found.sepLine() && found.table().linesAbove() == 0;
            int columns = CsvRows.header(records, source.text(), quoting, sepLine)
                    .map(line -> line.header().columns().size())
                    .orElse(0);
            while (rows < SAMPLE && records.hasNext()) {
                CSVRecord record = records.next();
                source.text().mark();
                if (!Header.isBlank(record)) {
                    if (record.size() != columns + 1 || !record.get(columns).isBlank()) {
                        return false;
                    }
                    rows++;
                }
            }
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        } catch (DropRefused | UncheckedIOException | IllegalStateException unreadable) {
            // A reading of the rows finds the same fault, and reports it.
            return rows > 0;
        }
        return rows > 0;
    }
}
