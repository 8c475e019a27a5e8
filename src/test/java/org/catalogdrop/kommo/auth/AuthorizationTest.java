package org.catalogdrop.kommo.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.catalogdrop.kommo.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

    private static final Authorization.Given CODE = new Authorization.Given.Code(new Secret("def50200"));

    private static Authorization of(String account) {
        return new Authorization(account, "client id", "s1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.kommo.com, https://www.kommo.com",
        "https://acme.amocrm.ru, https://www.amocrm.ru",
        "http://127.0.0.1:8025, http://127.0.0.1:8025"
    })
    void authorization_page_is_that_of_the_accounts_site(String account, String site) {
        assertThat(of(account).page()).isEqualTo(site + "/oauth?client_id=client+id&state=s1&mode=post_message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def50200",
                "https://example.com/callback?code=def50200",
                "https://example.com/callback?state=s1&code=def50200&referer=acme.kommo.com&platform=2#x"
            })
    void code_is_taken_alone_or_from_the_redirect_address(String given) {
        assertThat(of("https://acme.kommo.com").answer(given)).isEqualTo(CODE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                         | no authorization code
            two words                                                  | no authorization code
            https://example.com/callback                               | no authorization code
            https://example.com/callback?code=                         | no authorization code
            https://example.com/callback?code=%                        | a % that
            https://example.com/?error=access_denied                   | it says access_denied: open the page again
            https://example.com/?code=def50200&state=of-somebody-else  | belongs to another login
            https://example.com/?code=def50200&referer=other.kommo.com | of account other.kommo.com, but kommo.base-url is https://acme.kommo.com
            https://example.com/?error=%1B[2J                          | it says \\u001B[2J:
            """)
    void redirect_of_another_login_is_refused_with_the_reason(String given, String why) {
        assertThat(of("https://acme.kommo.com").answer(given))
                .asInstanceOf(type(Authorization.Given.Wrong.class))
                .extracting(Authorization.Given.Wrong::why)
                .asString()
                .contains(why)
                .doesNotContain("def50200");
    }

    @Test
    void redirect_from_another_page_may_have_any_state() {
        assertThat(of("https://acme.kommo.com").code("https://example.com/?code=def50200&state=of-somebody-else"))
                .isEqualTo(CODE);
        assertThat(of("https://acme.kommo.com").answer("https://example.com/?code=def50200&state="))
                .isEqualTo(CODE);
    }
}
