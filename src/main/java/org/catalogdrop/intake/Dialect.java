package org.catalogdrop.intake;

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
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Format;
import org.catalogdrop.model.Packing;
import org.catalogdrop.model.Shape;
import org.catalogdrop.model.Table;
import org.catalogdrop.model.Witness;

/**
 * What separates the cells of a CSV file and what encloses them: what is expected, else what its line {@code sep=} says, else the
 * candidate under which most columns of the header have a meaning; of equals, the one with more columns.
 */
record Dialect(Layers layers, Set<String> mapped, Expected expected) {

    static final List<Character> AUTO = List.of(',', ';', '\t', '|');
    static final List<Character> TAB = List.of('\t');
    static final List<Character> COMMA = List.of(',');

    private static final Pattern SEP =
            Pattern.compile("(\"?)sep=([^\\p{Alnum}\"\r\n])\\1[\r\n]", Pattern.CASE_INSENSITIVE);

    /** How many rows are looked at to see how all of them end. */
    private static final int SAMPLE = 100;

    private static final Optional<Character> SINGLE_QUOTE = Optional.of('\'');

    record Found(char delimiter, Witness by, Optional<Character> quote, boolean sepLine) {

        Format format() {
            if (!quote.equals(Shape.DOUBLE_QUOTE)) {
                return Format.CSV_OTHER;
            }
            return switch (delimiter) {
                case ',' -> Format.CSV_COMMA;
                case ';' -> Format.CSV_SEMICOLON;
                case '\t' -> Format.CSV_TAB;
                case '|' -> Format.CSV_PIPE;
                default -> Format.CSV_OTHER;
            };
        }

        Shape shape(Packing packing, Encoding encoding, Table table) {
            return new Shape(packing, encoding.charset(), encoding.by(), delimiter, by, quote, sepLine, table);
        }
    }

    private record Candidate(Found found, Header header, long known) {}

    /** How a parser is to read such CSV. */
    static CSVFormat csv(char delimiter, Optional<Character> quote) {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setQuote(quote.orElse(null))
                .setIgnoreEmptyLines(false)
                .get();
    }

    /** @param usual the delimiters that come into question, if nothing says which it is */
    Found find(List<Character> usual) {
        Optional<Character> sep = sepLine();
        Optional<Character> said = expected.delimiter().or(() -> sep);
        Witness by = usual.size() == 1 ? Witness.FORMAT : Witness.CONTENT;
        if (said.isPresent()) {
            by = expected.delimiter().isPresent() ? Witness.SETTING : Witness.MARK;
        }
        List<Character> delimiters = said.map(List::of).orElse(usual);
        Optional<Character> quote =
                expected.quote().map(Expected.Quote::character).orElse(Shape.DOUBLE_QUOTE);
        Candidate best = best(delimiters, by, quote, sep.isPresent());
        if (expected.quote().isEmpty() && best.header().isInSingleQuotes()) {
            Candidate other = best(delimiters, by, SINGLE_QUOTE, sep.isPresent());
            best = other.known() > best.known() ? other : best;
        }
        if (best.known() == 0) {
            throw best.header().meaningless();
        }
        if (mapped.isEmpty() && !(mapped instanceof EveryName)) {
            best.header().distinct();
        }
        return best.found();
    }

    /** How the rows stand in the file, which is seen at the first of them. */
    Table table(Found found) {
        return Table.PLAIN.withTrailingDelimiter(!layers.workbook() && endsInDelimiters(found));
    }

    /** Whether all of the first rows have one cell more than the header, and nothing in it. */
    private boolean endsInDelimiters(Found found) {
        int rows = 0;
        try (Source source = Source.open(layers);
                CSVParser parser = parser(source, found)) {
            Iterator<CSVRecord> records = parser.iterator();
            int columns = CsvRows.header(records, source.text(), found.sepLine())
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
            throw Source.unreadable(e);
        } catch (DropRefused | UncheckedIOException | IllegalStateException unreadable) {
            // A reading of the rows meets the same, and tells it.
            return rows > 0;
        }
        return rows > 0;
    }

    private static CSVParser parser(Source source, Found found) throws IOException {
        Reader reader = new InputStreamReader(source.text(), StandardCharsets.ISO_8859_1);
        return CSVParser.parse(reader, csv(found.delimiter(), found.quote()));
    }

    private Candidate best(List<Character> delimiters, Witness by, Optional<Character> quote, boolean sepLine) {
        List<Candidate> candidates = new ArrayList<>();
        Optional<DropRefused> fault = Optional.empty();
        for (char delimiter : delimiters) {
            Found found = new Found(delimiter, by, quote, sepLine);
            try {
                header(found).ifPresent(header -> candidates.add(new Candidate(found, header, header.known(mapped))));
            } catch (DropRefused refused) {
                // A quote may make no sense under one separator, and all sense under another.
                if (refused.problem().code() != Code.QUOTE && refused.problem().code() != Code.ENDLESS_LINE) {
                    throw refused;
                }
                fault = Optional.of(refused);
            }
        }
        Optional<Candidate> best = candidates.stream().reduce((a, b) -> better(a, b) >= 0 ? a : b);
        if (best.isEmpty()) {
            throw fault.orElseGet(Drops::empty);
        }
        Candidate found = best.get();
        Header header = found.header().decodable(layers.charset(), layers.workbook(), mapped);
        if (found.known() == 0 && header.columns().size() == 1 && fault.isPresent()) {
            throw fault.get();
        }
        return found;
    }

    private static int better(Candidate a, Candidate b) {
        return Comparator.comparingLong(Candidate::known)
                .thenComparingInt(candidate -> candidate.header().columns().size())
                .compare(a, b);
    }

    /** The delimiter that Excel's line before the header names, if it is there. */
    private Optional<Character> sepLine() {
        if (layers.workbook()) {
            return Optional.empty();
        }
        try (Source source = Source.open(layers)) {
            String start = new String(source.text().readNBytes(9), StandardCharsets.ISO_8859_1);
            Matcher sep = SEP.matcher(start);
            return sep.lookingAt() ? Optional.of(sep.group(2).charAt(0)) : Optional.empty();
        } catch (IOException e) {
            throw Source.unreadable(e);
        }
    }

    private Optional<Header> header(Found found) {
        try (Source source = Source.open(layers);
                CSVParser parser = parser(source, found)) {
            Iterator<CSVRecord> records = parser.iterator();
            return CsvRows.header(records, source.text(), found.sepLine()).map(CsvRows.HeaderLine::header);
        } catch (IOException e) {
            throw Source.unreadable(e);
        }
    }
}
