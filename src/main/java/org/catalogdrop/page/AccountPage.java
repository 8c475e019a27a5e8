package org.catalogdrop.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.observability.Finding;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.report.DisplayText;

/**
 * The account: what the loader knows of its token, block and clock without a request, and its lists and fields, which are read only when a person
 * asks for it. The token itself is never shown.
 */
final class AccountPage implements PageRoute {

    private static final String PATH = "/account";
    private static final int OPTIONS = 100;
    private static final Map<String, String> NAMES = Map.of(
            "api", "API",
            "block", "Block",
            "token", "Token",
            "disk", "Disk",
            "journal", "Journal",
            "inbox", "Inbox",
            "in-doubt", "Rows in doubt");

    private final LoaderParts loader;
    private final KnownAccount account;
    private volatile Optional<Read> last = Optional.empty();

    private record Read(Instant at, Account account) {}

    AccountPage(LoaderParts loader, KnownAccount account) {
        this.loader = loader;
        this.account = account;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String menu() {
        return "Account";
    }

    @Override
    public PageResponse show(BrowserRequest request) {
        if (!request.below().isEmpty()) {
            return PageResponse.missing();
        }
        Optional<Read> read = last;
        return PageResponse.view(
                "Account",
                "page/account.jte",
                new AccountView(
                        facts(),
                        read.map(one -> DisplayText.of(one.at())).orElse(""),
                        read.map(one -> catalogs(one.account())).orElse(List.of())));
    }

    /** Reads the lists and fields by the route for that, which waits for the rate limit as all requests do. */
    @Override
    public PageResponse act(BrowserRequest request) {
        try {
            last = Optional.of(new Read(Instant.now(), account.read()));
            return PageResponse.done(PATH, "The lists and fields are as the account has them now.");
        } catch (RunHalted halted) {
            return PageResponse.failed(PATH, "The account cannot be read: " + halted.getMessage());
        }
    }

    private List<AccountView.Fact> facts() {
        List<AccountView.Fact> facts = new ArrayList<>();
        facts.add(new AccountView.Fact("Address", true, loader.api().baseUrl()));
        for (Map.Entry<String, Supplier<Finding>> check :
                loader.health().checks().entrySet()) {
            Finding finding = check.getValue().get();
            facts.add(new AccountView.Fact(
                    NAMES.getOrDefault(check.getKey(), check.getKey()),
                    finding.good(),
                    DisplayText.of(finding.message(), 1000)));
        }
        facts.add(new AccountView.Fact("Clock", loader.clocks().apart().isZero(), clock()));
        facts.add(new AccountView.Fact("Rate limit", true, rate()));
        return facts;
    }

    private String clock() {
        Optional<Duration> ahead = loader.clocks().apiAhead();
        if (ahead.isEmpty()) {
            return "no answer came yet, so the difference to the clock of the API is not known";
        }
        long seconds = ahead.get().toSeconds();
        if (Math.abs(seconds) <= 1) {
            return "as the clock of the API";
        }
        return "the clock of the API is " + NowState.duration(Math.abs(seconds))
                + (seconds > 0 ? " ahead of" : " behind")
                + " the clock of this machine"
                + (loader.clocks().apart().isZero() ? "" : ". Set the clock of this machine.");
    }

    private String rate() {
        double limit = loader.health().rateLimit();
        return limit == 0
                ? "there is none"
                : String.format(Locale.ROOT, "%.1f", limit).replaceFirst("\\.0$", "")
                        + " a second for all requests together";
    }

    private List<AccountView.Catalog> catalogs(Account account) {
        return account.catalogs().stream()
                .map(list -> new AccountView.Catalog(
                        list.id(),
                        DisplayText.of(list.name()),
                        loader.api().catalogId().isPresent()
                                && loader.api().catalogId().getAsLong() == list.id(),
                        list.fields().stream().map(AccountPage::field).toList()))
                .toList();
    }

    private static AccountView.Field field(Account.Field field) {
        String options = field.options().values().stream()
                .limit(OPTIONS)
                .map(DisplayText::of)
                .collect(Collectors.joining(", "));
        return new AccountView.Field(
                field.id(),
                DisplayText.of(field.name()),
                type(field.type()),
                options + (field.options().size() > OPTIONS ? ", …" : ""));
    }

    /** Returns the name of the API's {@code field_type}. */
    private static String type(int type) {
        return switch (type) {
            case 1 -> "text";
            case 2 -> "number";
            case 3 -> "yes or no";
            case 4 -> "one of a list";
            case 5 -> "several of a list";
            case 6 -> "date";
            case 7 -> "link";
            case 8 -> "several texts";
            case 9 -> "long text";
            case 10 -> "one of a list";
            case 11 -> "short address";
            case 13 -> "address";
            case 14 -> "birthday";
            case 15 -> "legal entity";
            case 16 -> "items";
            case 17 -> "organization";
            case 18 -> "category";
            case 19 -> "date and time";
            case 20 -> "price";
            case 23 -> "amount of money";
            default -> "type " + type;
        };
    }
}
