package org.catalogdrop.page;

import java.util.List;
import org.catalogdrop.page.http.PageRoute;

/** The list of all pages, in the order of the menu. */
public final class PageDirectory {

    private PageDirectory() {}

    public static List<PageRoute> of(LoaderParts loader) {
        PageTasks tasks = new PageTasks();
        return List.of(new NowPage(loader, tasks), new HistoryPage(loader, tasks), new AccountPage(loader));
    }
}
