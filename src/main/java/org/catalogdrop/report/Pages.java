package org.catalogdrop.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/**
 * Draws pages from the templates in src/main/jte. They are compiled with the program, and escape every text by its place in the page. Safe for many
 * threads.
 *
 * @see <a href="https://jte.gg/">jte</a>
 */
final class Pages {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    /** The style of all pages. */
    static final InlineText STYLE = InlineText.read("/catalog-drop/report.css");

    private Pages() {}

    /**
     * Returns the text of a page.
     *
     * @param template its file
     * @param values what the template asks for, by name
     */
    static String draw(String template, Map<String, Object> values) {
        StringOutput page = new StringOutput();
        TEMPLATES.render(template, values, page);
        return page.toString();
    }
}
