package org.catalogdrop.page;

import java.util.Map;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.page.http.Templates;

/** The first page: what the loader does now. A script keeps it up to date by the events of {@code /now/events}. */
final class NowPage implements PageRoute {

    private final NowState state;

    NowPage(LoaderParts loader, PageTasks tasks) {
        this.state = new NowState(loader, tasks);
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String menu() {
        return "Now";
    }

    @Override
    public PageResponse show(BrowserRequest request) {
        return switch (request.below()) {
            case "" -> PageResponse.view("Now", "page/now.jte", state.now());
            case "now/events" -> PageResponse.events(this::parts);
            default -> PageResponse.missing();
        };
    }

    /** Returns the parts of the page that change, by the ids of their elements. */
    private Map<String, String> parts() {
        NowView now = state.now();
        return Map.of(
                "load", Templates.part("page/now-load.jte", now),
                "queue", Templates.part("page/now-queue.jte", now));
    }
}
