package org.catalogdrop.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.page.http.Templates;

/** The first page: what the loader does now. A script keeps it up to date by the events of {@code /now/events}. */
final class NowPage implements PageRoute {

    private static final ObjectMapper JSON = new ObjectMapper();

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
            case "now/events" -> new PageResponse.Events(this::parts);
            default -> PageResponse.missing();
        };
    }

    /** Returns the parts of the page that change, by the ids of their elements. */
    private String parts() {
        NowView now = state.now();
        try {
            return JSON.writeValueAsString(Map.of(
                    "load", Templates.part("page/now-load.jte", now),
                    "queue", Templates.part("page/now-queue.jte", now)));
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
