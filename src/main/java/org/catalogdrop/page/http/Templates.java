package org.catalogdrop.page.http;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Draws the templates of src/main/jte/page, which escape every text by its place. Safe for many threads. */
public final class Templates {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    private Templates() {}

    static String page(String template, Frame frame, Object view) {
        return draw(template, Map.of("frame", frame, "view", view));
    }

    /** Returns a part of a page, whose only parameter is {@code view}. */
    public static String part(String template, Object view) {
        return draw(template, Map.of("view", view));
    }

    private static String draw(String template, Map<String, Object> values) {
        StringOutput page = new StringOutput();
        TEMPLATES.render(template, values, page);
        return page.toString();
    }
}
