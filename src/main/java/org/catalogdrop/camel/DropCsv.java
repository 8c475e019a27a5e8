package org.catalogdrop.camel;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.input.DropReader;

/**
 * Parses CSV with Camel's CSV data format, in the dialect of the drop that the exchange loads. Camel's format has one dialect for all
 * exchanges. Returns the records one at a time. Safe for many threads.
 */
public final class DropCsv extends ServiceSupport implements DataFormat {

    /** The exchange variable with the pass over the drop. */
    private static final String READING = "catalog-reading";

    /** Parses the stream with one character for each byte, so that nothing is garbled before it is checked. */
    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
        CsvDataFormat csv = new CsvDataFormat(
                exchange.getVariable(READING, DropReader.class).csvFormat());
        csv.setLazyLoad(true);
        csv.setRecordConverter((CSVRecord record) -> record);
        csv.init();
        return csv.unmarshal(exchange, new InputStreamReader(stream, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) {
        throw new UnsupportedOperationException("drops are only read");
    }
}
