package org.catalogdrop.kommo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.catalogdrop.model.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line for each line of what is known of the API's errors and limits; docs/answers.md names the sources. */
class ResponseRuleTest {

    /** Whole requests: problem bodies, legacy bodies, pages of a gateway, and statuses. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {"_embedded":{"items":[]}}                                                             | READ    | NOT_ACCOUNTED
            202 | ``                                                                                     | READ    | NOT_ACCOUNTED
            204 | ``                                                                                     | READ    | NOT_ACCOUNTED
            301 | <html>moved</html>                                                                     | ACCOUNT | MOVED
            302 | ``                                                                                     | ACCOUNT | MOVED
            400 | {"title":"Bad Request","type":"x","status":400,"detail":"Request validation failed"}   | CHUNK   | REQUEST_REFUSED
            400 | {"title":"Error","status":"400","code":400,"detail":"?"}                               | CHUNK   | REQUEST_REFUSED
            400 | {"error":"Something is wrong"}                                                         | CHUNK   | REQUEST_REFUSED
            400 | ``                                                                                     | CHUNK   | REQUEST_REFUSED
            400 | <html>400 Bad Request</html>                                                           | CHUNK   | REQUEST_REFUSED
            400 | {"response":{"error":"Код ошибки 222. В случае повторного возникновения ошибки, …","error_code":"222"}} | US | UNEXPECTED_ANSWER
            400 | {"response":{"error":"Error code 104. If error appears again, …","error_code":"104"}}  | US      | UNEXPECTED_ANSWER
            400 | {"response":{"error":"Error code 104. If error appears again, …"}}                     | US      | UNEXPECTED_ANSWER
            400 | {"response":{"error_code":222}}                                                        | US      | UNEXPECTED_ANSWER
            400 | {"response":{"error_code":"102"}}                                                      | US      | UNEXPECTED_ANSWER
            400 | {"response":{"error_code":"103"}}                                                      | US      | UNEXPECTED_ANSWER
            400 | {"response":{"error_code":"203"}}                                                      | ROW     | BAD_FIELD_VALUE
            400 | {"response":{"error_code":"204"}}                                                      | ROW     | UNKNOWN_FIELD
            400 | {"response":{"error_code":"282"}}                                                      | ROW     | NOT_FOUND
            400 | {"response":{"error_code":"283"}}                                                      | ROW     | REQUIRED_MISSING
            400 | {"response":{"error_code":"284"}}                                                      | ROW     | REQUIRED_MISSING
            400 | {"response":{"error_code":"285"}}                                                      | ROW     | REQUIRED_MISSING
            400 | {"response":{"error_code":"201"}}                                                      | ROW     | API_REFUSED
            400 | {"response":{"error_code":"202"}}                                                      | ROW     | NO_RIGHTS
            400 | {"response":{"error_code":"205"}}                                                      | ROW     | API_REFUSED
            400 | {"response":{"error_code":"209"}}                                                      | ROW     | API_REFUSED
            400 | {"response":{"error_code":"217"}}                                                      | ROW     | API_REFUSED
            400 | {"response":{"error_code":"281"}}                                                      | ROW     | API_REFUSED
            400 | {"response":{"error_code":"330"}}                                                      | ROW     | API_REFUSED
            400 | {"response":{"error_code":"244"}}                                                      | ACCOUNT | ACCOUNT
            400 | {"response":{"error_code":"280"}}                                                      | LOOK    | NOT_ACCOUNTED
            400 | {"title":"Bad Request","status":400,"detail":"Request data can not be empty"}          | CHUNK   | REQUEST_REFUSED
            400 | {"title":"Error","status":400,"detail":"A system error occurred, please retry"}        | LOOK    | REQUEST_REFUSED
            400 | {"detail":"\\u041f\\u0440\\u043e\\u0438\\u0437\\u043e\\u0448\\u043b\\u0430 \\u0441\\u0438\\u0441\\u0442\\u0435\\u043c\\u043d\\u0430\\u044f \\u043e\\u0448\\u0438\\u0431\\u043a\\u0430"} | LOOK | REQUEST_REFUSED
            400 | {"title":"Bad Request","status":400,"detail":"Limit 500 per request"}                  | CHUNK   | REQUEST_REFUSED
            401 | {"title":"Unauthorized","status":401,"detail":"Invalid user name or password"}         | TOKEN   | UNAUTHORIZED
            401 | {"hint":"Token has been revoked","title":"x","status":401,"detail":"y"}                | TOKEN   | UNAUTHORIZED
            401 | <html>                                                                                 | TOKEN   | UNAUTHORIZED
            401 | {"response":{"error":"x","error_code":"110","ip":"1.2.3.4","domain":"d","server_time":1}} | ACCOUNT | ACCOUNT
            401 | {"response":{"error_code":"111"}}                                                      | ACCOUNT | ACCOUNT
            401 | {"response":{"error_code":"112"}}                                                      | ACCOUNT | ACCOUNT
            401 | {"response":{"error_code":"101"}}                                                      | ACCOUNT | ACCOUNT
            402 | {"title":"Payment Required","status":402}                                              | ACCOUNT | ACCOUNT
            402 | {"response":{"error_code":"402"}}                                                      | ACCOUNT | ACCOUNT
            402 | {"response":{"error_code":"425"}}                                                      | ACCOUNT | ACCOUNT
            402 | {"response":{"error_code":"426"}}                                                      | ACCOUNT | ACCOUNT
            403 | {"response":{"error_code":"113"}}                                                      | ACCOUNT | ACCOUNT
            403 | {"response":{"error_code":"288"}}                                                      | ACCOUNT | ACCOUNT
            403 | <html>nginx</html>                                                                     | ACCOUNT | BLOCKED
            403 | {"title":"Forbidden","status":403}                                                     | ACCOUNT | BLOCKED
            404 | {"title":"Not Found","status":404,"detail":"Cannot POST https://x"}                    | US      | UNEXPECTED_ANSWER
            404 | <!DOCTYPE html><html></html>                                                           | WAIT    | API_AWAY
            405 | ``                                                                                     | US      | UNEXPECTED_ANSWER
            405 | {"response":{"error_code":"405"}}                                                      | US      | UNEXPECTED_ANSWER
            408 | ``                                                                                     | LOOK    | NO_ANSWER
            413 | <html>413</html>                                                                       | CHUNK   | REQUEST_REFUSED
            418 | ``                                                                                     | US      | UNEXPECTED_ANSWER
            422 | {"title":"Unprocessable","status":422,"detail":"Limit 250 per page"}                   | CHUNK   | REQUEST_REFUSED
            422 | {"title":"Unprocessable","status":422,"detail":"?"}                                    | CHUNK   | REQUEST_REFUSED
            429 | {"title":"Too Many Requests","status":429,"detail":"…","retry_after":300}              | WAIT    | TOO_MANY_REQUESTS
            429 | <html>429</html>                                                                       | WAIT    | TOO_MANY_REQUESTS
            500 | {"title":"x","status":500,"trace_id":"1"}                                              | LOOK    | NO_ANSWER
            500 | <html>500</html>                                                                       | LOOK    | NO_ANSWER
            500 | {"response":{"error_code":"244"}}                                                      | LOOK    | NO_ANSWER
            502 | <html>502</html>                                                                       | LOOK    | NO_ANSWER
            503 | <html>503</html>                                                                       | LOOK    | NO_ANSWER
            504 | <html>504</html>                                                                       | LOOK    | NO_ANSWER
            999 | ``                                                                                     | US      | UNEXPECTED_ANSWER
            """)
    void whole_answers_get_their_rule(int status, String body, Responsibility who, Code code) {
        ResponseRule meaning = ResponseRule.of(received(status, body));

        assertThat(meaning.who()).isEqualTo(who);
        assertThat(meaning.code()).isEqualTo(code);
    }

    /** Errors told of one row, HTTP 200, in each of the shapes seen. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"update":{"21388995":"Last modified date is older than in database"}} | ROW     | STALE
            {"add":[{"code":203,"msg":"x"}]}                                        | ROW     | BAD_FIELD_VALUE
            {"add":{"0":{"code":"204","msg":"x"}}}                                  | ROW     | UNKNOWN_FIELD
            {"update":{"7":"Error 282."}}                                           | ROW     | NOT_FOUND
            {"delete":{"7":{"code":404,"message":"Error 282."}}}                    | ROW     | NOT_FOUND
            [{"msg":"Entity not found"}]                                            | ROW     | NOT_FOUND
            {"add":{"0":{"code":283}}}                                              | ROW     | REQUIRED_MISSING
            {"add":{"0":{"code":284}}}                                              | ROW     | REQUIRED_MISSING
            {"add":{"0":{"code":285,"msg":"name"}}}                                 | ROW     | REQUIRED_MISSING
            {"add":{"0":{"error_code":"202"}}}                                      | ROW     | NO_RIGHTS
            {"add":{"0":{"code":330}}}                                              | ROW     | API_REFUSED
            {"add":{"0":{"code":777,"msg":"new"}}}                                  | ROW     | API_REFUSED
            {"add":{"0":""}}                                                        | ROW     | API_REFUSED
            {"add":{"0":[1,{"x":null}]}}                                            | ROW     | API_REFUSED
            {"add":{"0":{"code":280,"msg":"Element created"}}}                      | LOOK    | NOT_ACCOUNTED
            {"add":{"0":"A system error occurred, please retry"}}                   | LOOK    | REQUEST_REFUSED
            {"add":{"0":{"code":244,"msg":"no rights"}}}                            | ACCOUNT | ACCOUNT
            {"add":{"0":{"code":"113"}}}                                            | ACCOUNT | ACCOUNT
            {"add":{"0":{"code":402}}}                                              | ACCOUNT | ACCOUNT
            {"add":{"0":{"code":222}}}                                              | US      | UNEXPECTED_ANSWER
            """)
    void errors_of_one_row_get_their_rule(String errors, Responsibility who, Code code) {
        PostBody body = PostBody.of(new Reply.Received(
                200, ("{\"_embedded\":{\"errors\":" + errors + "}}").getBytes(StandardCharsets.UTF_8), true, "", ""));

        assertThat(body.errors()).singleElement().satisfies(error -> {
            assertThat(ResponseRule.of(error).who()).isEqualTo(who);
            assertThat(ResponseRule.of(error).code()).isEqualTo(code);
        });
    }

    @Test
    void text_of_the_answer_is_a_sentence_of_its_own() {
        for (ResponseRule meaning : ResponseRule.values()) {
            assertThat(meaning.problem(received(504, "no")).message()).contains(". It said: ");
        }
    }

    @Test
    void missing_answers_get_their_rule() {
        assertThat(ResponseRule.of(new Reply.Lost(true, true, "r"))).isEqualTo(ResponseRule.TOO_SLOW);
        assertThat(ResponseRule.of(new Reply.Lost(true, false, "r"))).isEqualTo(ResponseRule.SERVER);
        assertThat(ResponseRule.of(new Reply.Lost(false, false, "r"))).isEqualTo(ResponseRule.NOT_SENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{\"error\":{\"error\":[]}}",
                "{\"code\":[1]}",
                "{\"response\":[]}",
                "{\"error_code\":1e999}",
                "\u0000\u0001",
                "{\"error_code\":\"22222222222222222222\"}",
                "null",
                "[]",
                "{\"detail\":\"\\ud800\"}"
            })
    void refusal_with_any_other_body_is_a_refusal(String body) {
        assertThat(ResponseRule.of(received(400, body)).who()).isEqualTo(Responsibility.CHUNK);
        assertThat(ResponseRule.of(received(400, "{\"a\":" + "[".repeat(60_000) + body))
                        .who())
                .isEqualTo(Responsibility.CHUNK);
    }

    @Test
    void table_of_the_page_is_that_of_the_code() throws IOException {
        List<List<String>> told = Files.readAllLines(Path.of("docs/answers.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(cell -> cell.strip().replace("`", ""))
                        .limit(5)
                        .toList())
                .toList();
        assertThat(told)
                .containsExactlyElementsOf(Arrays.stream(ResponseRule.values())
                        .map(ResponseRuleTest::line)
                        .toList());
    }

    private static List<String> line(ResponseRule meaning) {
        String applied =
                meaning.who() == Responsibility.READ ? "as told" : meaning.isCertainlyNotApplied() ? "no" : "maybe";
        return List.of(
                String.join(", ", meaning.sign().places()),
                String.join(", ", meaning.sign().codes()),
                meaning.who().name().toLowerCase(Locale.ROOT),
                applied,
                meaning.code().word());
    }

    private static Reply.Received received(int status, String body) {
        return new Reply.Received(status, body.getBytes(StandardCharsets.UTF_8), true, "", "");
    }
}
