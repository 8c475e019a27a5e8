package org.catalogdrop.page;

import java.util.List;
import java.util.function.Supplier;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;

/** Lists the accounts of a process that has several. */
public final class AccountsPage implements PageRoute {

    private final Supplier<List<AccountsView.Line>> accounts;

    public AccountsPage(Supplier<List<AccountsView.Line>> accounts) {
        this.accounts = accounts;
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String menu() {
        return "Accounts";
    }

    @Override
    public PageResponse show(BrowserRequest request) {
        return request.below().isEmpty()
                ? PageResponse.view("Accounts", "page/accounts.jte", new AccountsView(accounts.get()))
                : PageResponse.missing();
    }
}
