package org.catalogdrop.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dev console, as Camel's own registry finds it. */
class LoaderConsoleTest {

    private static DevConsole console(CamelContext context) {
        DevConsoleRegistry consoles = DevConsoleRegistry.get(context);
        consoles.setEnabled(true);
        return consoles.resolveById("catalog-drop");
    }

    @Test
    void given_a_loader_when_the_console_is_asked_then_it_shows_its_state_and_no_token(@TempDir Path home)
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("drop.csv", "name\na\n");
            DevConsole console = console(loading.context());

            String text = (String) console.call(DevConsole.MediaType.TEXT);
            Map<?, ?> json = (Map<?, ?>) console.call(DevConsole.MediaType.JSON);

            assertThat(text)
                    .contains("account: 127.0.0.1", "state: nothing is being loaded", "token: up:")
                    .doesNotContain(Loading.TOKEN);
            assertThat(json.get("requests")).isInstanceOf(Map.class);
            assertThat(json.toString()).doesNotContain(Loading.TOKEN);
        }
    }

    @Test
    void given_no_loader_when_the_console_is_asked_then_it_says_so() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat((String) console(context).call(DevConsole.MediaType.TEXT))
                    .contains("there is none");
        }
    }
}
