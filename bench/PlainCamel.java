import java.io.File;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.CsvDataFormat;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/**
 * The yardstick in Camel: the parts that Catalog Drop is made of (csv, split, aggregate, jackson, http), put together as their
 * documentation shows it. See loader.mjs for what it leaves out.
 *
 * <pre>java -cp target/catalog-drop.jar:. PlainCamel BASE-URL TOKEN CATALOG-ID DROP.csv MAPPING.json</pre>
 */
public final class PlainCamel extends RouteBuilder {

    private static final int CHUNK = 250;
    private static final int IN_FLIGHT = 4;

    private final String baseUrl;
    private final String token;
    private final String catalogId;
    private final Writer mapping;
    private final ThreadPoolExecutor senders = new ThreadPoolExecutor(
            IN_FLIGHT,
            IN_FLIGHT,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            new ThreadPoolExecutor.CallerRunsPolicy());
    private int rows;
    private int mapped;

    private PlainCamel(String baseUrl, String token, String catalogId, Writer mapping) {
        this.baseUrl = baseUrl;
        this.token = token;
        this.catalogId = catalogId;
        this.mapping = mapping;
    }

    @Override
    public void configure() {
        CsvDataFormat csv = new CsvDataFormat();
        csv.setLazyLoad("true");
        csv.setUseMaps("true");
        errorHandler(noErrorHandler());
        from("direct:load")
                .unmarshal(csv)
                .split(body())
                .streaming()
                .stopOnException()
                .process(this::toElement)
                .aggregate(constant(true), new GroupedBodyAggregationStrategy())
                .completionSize(CHUNK)
                .completionPredicate(exchangeProperty(Exchange.SPLIT_COMPLETE))
                .eagerCheckCompletion()
                .executorService(senders)
                .process(exchange -> exchange.getMessage().setBody(Map.of("add", exchange.getMessage().getBody())))
                .marshal()
                .json()
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .setHeader("Authorization", constant("Bearer " + token))
                .to(baseUrl + "/api/v2/catalog_elements?httpMethod=POST&connectionsPerRoute=" + IN_FLIGHT)
                .unmarshal()
                .json()
                .process(this::write);
    }

    private void toElement(Exchange exchange) {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        List<Map<String, Object>> fields = new ArrayList<>();
        row.forEach((column, cell) -> {
            if (!column.equals("name") && !cell.equals("")) {
                fields.add(Map.of("id", column.toString().substring(3), "values", List.of(Map.of("value", cell))));
            }
        });
        exchange.getMessage()
                .setBody(Map.of(
                        "catalog_id", catalogId, "request_id", ++rows, "name", row.get("name"), "custom_fields", fields));
    }

    private synchronized void write(Exchange exchange) throws Exception {
        Map<?, ?> embedded = (Map<?, ?>) exchange.getMessage().getBody(Map.class).get("_embedded");
        for (Object item : (List<?>) embedded.get("items")) {
            Map<?, ?> one = (Map<?, ?>) item;
            mapping.write((mapped++ == 0 ? "" : ",") + "\n\"" + one.get("request_id") + "\": " + one.get("id"));
        }
    }

    public static void main(String[] args) throws Exception {
        try (Writer mapping = Files.newBufferedWriter(Path.of(args[4]), StandardCharsets.US_ASCII);
                DefaultCamelContext camel = new DefaultCamelContext()) {
            mapping.write("{");
            PlainCamel load = new PlainCamel(args[0], args[1], args[2], mapping);
            camel.addRoutes(load);
            camel.start();
            camel.createProducerTemplate().sendBody("direct:load", new File(args[3]));
            load.senders.shutdown();
            load.senders.awaitTermination(1, TimeUnit.HOURS);
            mapping.write("\n}\n");
            if (load.mapped != load.rows) {
                throw new IllegalStateException(load.rows + " rows, but " + load.mapped + " ids");
            }
            System.out.println(load.rows + " rows");
        }
    }
}
