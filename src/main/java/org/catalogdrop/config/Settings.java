package org.catalogdrop.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.kommo.auth.TokenSource;
import org.catalogdrop.mapping.rule.RejectBudget;
import org.catalogdrop.results.file.CsvForm;

/**
 * All settings, checked; made by {@link SettingsReader}. Immutable.
 *
 * @param api how to talk to the API
 * @param folders the folders, all absolute
 * @param drops how drops are loaded
 */
public record Settings(Api api, Folders folders, Drops drops) {

    /**
     * @param baseUrl {@code https://SUBDOMAIN.kommo.com}, or {@code http} on loopback; without a slash at its end
     * @param access the source of the access token
     * @param catalogId the list for rows that name none
     * @param markerField the field in which each add has the marker of its row
     * @param requestsPerSecond the rate limit, less what is reserved for others; 0 for no limit
     * @param reservedPerSecond the part of the rate limit that is reserved for others
     * @param paceFolder the folder in which the processes of this machine share the rate limit
     * @param chunkSize most elements in one request, 1…500
     * @param inFlight most requests under way at once, 1…64
     * @param mostInFlight most requests under way while answers are too slow for the full rate, {@code inFlight}…64
     * @param connectTimeout how long a connection may take
     * @param responseTimeout how long an answer may take
     * @param doubtWait how long after a lost answer the API may still apply the request
     * @param connection how the API is reached
     */
    public record Api(
            String baseUrl,
            TokenSource access,
            OptionalLong catalogId,
            OptionalLong markerField,
            double requestsPerSecond,
            double reservedPerSecond,
            Path paceFolder,
            int chunkSize,
            int inFlight,
            int mostInFlight,
            Duration connectTimeout,
            Duration responseTimeout,
            Duration doubtWait,
            Connection connection) {

        /** Returns these settings with another list for rows that name none. */
        public Api withCatalogId(long list) {
            return with(OptionalLong.of(list), requestsPerSecond);
        }

        /** Returns these settings for a process that sends only as much as is reserved for others. */
        public Api withReservedRate() {
            return with(catalogId, reservedPerSecond);
        }

        private Api with(OptionalLong list, double rate) {
            return new Api(
                    baseUrl,
                    access,
                    list,
                    markerField,
                    rate,
                    reservedPerSecond,
                    paceFolder,
                    chunkSize,
                    inFlight,
                    mostInFlight,
                    connectTimeout,
                    responseTimeout,
                    doubtWait,
                    connection);
        }

        /** Returns a name for the account without a request: its host, with the port if one is given. */
        public String account() {
            return baseUrl.replaceFirst("^https?://", "");
        }
    }

    /**
     * How the API is reached.
     *
     * @param proxy the HTTP proxy; empty if there is none
     * @param trust certificates that are trusted besides Java's own; empty if there are none
     */
    public record Connection(Optional<ProxyAddress> proxy, Optional<SSLContext> trust) {}

    /**
     * An address that hears of each drop that has ended.
     *
     * @param url {@code http} or {@code https}; its path may be a secret
     * @param proxy the HTTP proxy on the way, if there is one
     */
    public record Webhook(URI url, Optional<ProxyAddress> proxy) {

        /** Returns the server alone. */
        @Override
        public String toString() {
            return url.getHost();
        }
    }

    /**
     * The page that is served while a run watches the inbox.
     *
     * @param password what it asks for; empty if everyone who reaches it may use it
     * @param hosts the names under which it is reached, in lower case, besides addresses and localhost
     * @param uploadLimit the most bytes of a file that is brought on it
     */
    public record Page(Optional<Secret> password, List<String> hosts, long uploadLimit) {}

    /**
     * The way of files through the database of the journal, from the machine that has them to the one that is the owner.
     *
     * @param limit the most bytes that wait there
     */
    public record Handover(long limit) {}

    /**
     * The folders, absolute, and where the journal is.
     *
     * @param journal the journal: a file of the state folder, or a database
     * @param handover how files of the inbox come to the owner of the journal; empty if the owner takes them itself
     */
    public record Folders(
            Path inbox,
            Path outbox,
            Path archive,
            Path refused,
            Path state,
            Path mappings,
            JournalPlace journal,
            Optional<Handover> handover) {

        /** Returns the folder of what the owner of the journal loads of the files that were handed over. */
        public Path handed() {
            return state.resolve("handover");
        }

        /**
         * Returns the folders between which the loads of the inbox run: these, or folders of the owner's own if files are handed over to
         * it.
         */
        public Folders ofLoads() {
            return handover.isEmpty()
                    ? this
                    : new Folders(
                            handed().resolve("inbox"),
                            handed().resolve("outbox"),
                            handed().resolve("archive"),
                            handed().resolve("refused"),
                            state,
                            mappings,
                            journal,
                            Optional.empty());
        }

        /** Returns the folder in which streams and texts from a caller are kept until they are loaded. */
        public Path spool() {
            return state.resolve("spool");
        }
    }

    /**
     * @param settle how long a file's size and time must not change before it is taken
     * @param poll how often the inbox is listed
     * @param repeatAllowed whether bytes that were loaded before may be loaded again
     * @param approve whether a drop of the inbox waits until its plan is approved
     * @param reports whether pages for people are written beside the results
     * @param undo what {@code undo.csv} can take back
     * @param unknownColumnsRefused whether a drop with columns that have no meaning is refused
     * @param onReject how many rows may be rejected before the drop is refused
     * @param unpackedLimit most bytes to which a packed drop may unpack
     * @param rowLimit most bytes of one row
     * @param expected the format of drops, as far as it need not be detected
     * @param results how the CSV of results is written
     * @param webhook where the summary of each drop that has ended is posted
     * @param jsonLog whether the lines of the log are JSON
     * @param freeSpace bytes that must be free for the health check of the disk
     * @param management where health and metrics are served; empty for nowhere
     * @param page the page of a run, which is served there too; empty for none
     */
    public record Drops(
            Duration settle,
            Duration poll,
            boolean repeatAllowed,
            boolean approve,
            boolean reports,
            Undo undo,
            RejectBudget onReject,
            boolean unknownColumnsRefused,
            long unpackedLimit,
            int rowLimit,
            FormatHints expected,
            CsvForm results,
            Optional<Webhook> webhook,
            boolean jsonLog,
            long freeSpace,
            Optional<InetSocketAddress> management,
            Optional<Page> page) {

        /** Returns how much of a drop is read before it is refused as broken or malicious. */
        public ReadLimits limits() {
            return new ReadLimits(unpackedLimit, rowLimit);
        }
    }
}
