package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

    private static Authorization of(String account) {
        return new Authorization(account, "client id", "s1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.kommo.com, https://www.kommo.com",
        "https://acme.amocrm.ru, https://www.amocrm.ru",
        "http://127.0.0.1:8025, http://127.0.0.1:8025"
    })
    void thePageIsThatOfTheAccountsSite(String account, String site) {
        assertThat(of(account).page()).isEqualTo(site + "/oauth?client_id=client+id&state=s1&mode=post_message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def50200",
                "https://example.com/callback?code=def50200",
                "https://example.com/callback?state=s1&code=def50200&referer=acme.kommo.com&platform=2#x"
            })
    void takesTheCodeOrTheAddressItCameIn(String given) {
        assertThat(of("https://acme.kommo.com").code(given)).contains("def50200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two words",
                "https://example.com/?error=access_denied",
                "https://example.com/?code=def50200&state=of-somebody-else",
                "https://example.com/?code=def50200&referer=other.kommo.com"
            })
    void doesNotTakeTheAnswerToAnotherQuestion(String given) {
        assertThat(of("https://acme.kommo.com").code(given)).isEmpty();
    }
}
