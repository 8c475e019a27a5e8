/**
 * The small web framework of the page, on the JDK's HTTP server: guards, sessions, requests and responses. It knows no page. Here is how a page
 * is added:
 *
 * <ol>
 *   <li>Write a class that implements {@link org.catalogdrop.page.http.PageRoute}. Its path is its name: {@code /history} gets all requests to
 *       {@code /history} and below.
 *   <li>GET: {@code show} returns {@link org.catalogdrop.page.http.PageResponse#view}: a template of src/main/jte/page and an immutable record,
 *       which the template takes as its parameter {@code view}. The template wraps its content in {@code page/layout.jte} and passes on the
 *       parameter {@code frame}. A GET must change nothing.
 *   <li>POST: {@code act} does what the form asks for and returns {@link org.catalogdrop.page.http.PageResponse#redirect} with a message,
 *       which the next page shows once. Each form has {@code <input type="hidden" name="csrf" value="${frame.token()}">}; a script sends the
 *       same as the header {@code X-Csrf-Token}. Without it {@code act} is not called.
 *   <li>Add it to the list in {@code page.PageDirectory}, and its style and script to page.css and page.js. There are no inline styles and scripts:
 *       the Content-Security-Policy forbids them.
 * </ol>
 */
package org.catalogdrop.page.http;
