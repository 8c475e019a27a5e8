package org.catalogdrop.intake;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Format;

/**
 * What separates the cells of a CSV file: the candidate under which most columns of the header have a meaning; of equals, the one
 * with more columns.
 */
record Dialect(Path file, boolean gzip, Limits limits, Set<String> mapped) {

    private record Candidate(Format format, Header header, long known) {}

    Format find(List<Format> formats) {
        List<Candidate> candidates = new ArrayList<>();
        Optional<DropRefused> fault = Optional.empty();
        for (Format format : formats) {
            try {
                header(format).ifPresent(header -> candidates.add(new Candidate(format, header, header.known(mapped))));
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
        Header header = found.header().decodable();
        if (found.known() == 0) {
            throw fault.filter(refused -> header.columns().size() == 1).orElseGet(header::meaningless);
        }
        header.distinct();
        return found.format();
    }

    private static int better(Candidate a, Candidate b) {
        return Comparator.comparingLong(Candidate::known)
                .thenComparingInt(candidate -> candidate.header().columns().size())
                .compare(a, b);
    }

    private Optional<Header> header(Format format) {
        CSVFormat csv = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(format.delimiter())
                .setIgnoreEmptyLines(false)
                .get();
        try (Source source = Source.open(file, gzip, limits);
                Reader reader = new InputStreamReader(source.text(), StandardCharsets.ISO_8859_1);
                CSVParser parser = CSVParser.parse(reader, csv)) {
            Iterator<CSVRecord> records = parser.iterator();
            return CsvRows.header(records, source.text()).map(CsvRows.HeaderLine::header);
        } catch (IOException e) {
            throw Source.unreadable(e);
        }
    }
}
