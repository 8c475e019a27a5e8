package org.catalogdrop.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@code docs/embedding.md} is a whole program, and does what the page says. */
class EmbeddingDocTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(import .*?)```", Pattern.DOTALL);

    @TempDir
    Path home;

    private static String example() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("docs/embedding.md")));
        assertThat(example.find()).isTrue();
        return example.group(1);
    }

    private String run(Class<?> example) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            example.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void given_the_example_when_it_is_compiled_and_run_twice_then_the_second_run_prints_the_refusal() throws Exception {
        try (Sandbox sandbox = Sandbox.start(Loading.sandboxSettings())) {
            String source = example()
                    .replace("http://127.0.0.1:8025", sandbox.baseUrl())
                    .replace("sandbox-token", Loading.TOKEN)
                    .replace(
                            "\n        try (CamelContext",
                            "settings.setProperty(\"drop.home\", \""
                                    + home.toString().replace("\\", "\\\\") + "\");\n        try (CamelContext");
            Path file = Files.writeString(home.resolve("Example.java"), source);
            assertThat(ToolProvider.getSystemJavaCompiler()
                            .run(
                                    null,
                                    null,
                                    null,
                                    "-Xlint:all",
                                    "-proc:none",
                                    "-cp",
                                    System.getProperty(
                                            "surefire.test.class.path", System.getProperty("java.class.path")),
                                    "-d",
                                    home.toString(),
                                    file.toString()))
                    .isZero();
            try (URLClassLoader loader =
                    new URLClassLoader(new URL[] {home.toUri().toURL()})) {
                Class<?> example = loader.loadClass("Example");

                assertThat(run(example)).contains("rows.ndjson-", ": 2 created, 0 rejected");
                assertThat(run(example)).contains("refused: ", "loaded before");
                assertThat(sandbox.store().count(Loading.LIST)).isEqualTo(2);
            }
        }
    }

    @Test
    void given_maps_and_sets_without_an_order_when_they_are_handed_over_then_their_bytes_are_the_same_in_each_process()
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        MapRows.write(
                List.of(Map.of(
                        "name",
                        "a",
                        "id",
                        1,
                        "cf:1",
                        Set.of("z", "y", "x"),
                        "custom_fields",
                        List.of(Map.of("id", 2, "a", 3)))),
                out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"cf:1\":[\"x\",\"y\",\"z\"],\"custom_fields\":[{\"a\":3,\"id\":2}],\"id\":1,\"name\":\"a\"}\n");
    }
}
