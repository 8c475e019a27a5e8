package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the jars that are really on the class path at or above versions without known holes. A BOM can lower one silently. */
class DependencyFloorsTest {

    @ParameterizedTest
    @CsvSource({
        "org.sqlite.JDBC, sqlite-jdbc, 3.54.1.0",
        "org.apache.hc.client5.http.classic.HttpClient, httpclient5, 5.6.5",
        "org.apache.hc.core5.http.HttpHost, httpcore5, 5.4.4",
        "org.apache.hc.core5.http2.H2Error, httpcore5-h2, 5.4.4",
        "com.fasterxml.jackson.databind.ObjectMapper, jackson-databind, 2.22.4",
        "com.fasterxml.jackson.core.JsonParser, jackson-core, 2.22.4",
        "org.apache.commons.io.IOUtils, commons-io, 2.22.0",
        "org.apache.commons.codec.binary.Hex, commons-codec, 1.23.0",
        "org.mozilla.universalchardet.UniversalDetector, juniversalchardet, 2.5.0",
        "org.roaringbitmap.RoaringBitmap, RoaringBitmap, 1.6.29",
        "picocli.CommandLine, picocli, 4.7.7",
        "org.apache.camel.CamelContext, camel-api, 4.18.0",
        "org.apache.camel.component.http.HttpComponent, camel-http, 4.18.0",
        "org.apache.camel.dataformat.csv.CsvDataFormat, camel-csv, 4.17.0"
    })
    void given_the_class_path_when_a_class_is_loaded_then_its_jar_is_at_or_above_the_floor(
            String type, String artifact, String floor) throws Exception {
        Path jar = Path.of(Class.forName(type, false, getClass().getClassLoader())
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String name = jar.getFileName().toString();
        assertThat(name).startsWith(artifact + "-").endsWith(".jar");
        String version = name.substring(artifact.length() + 1, name.length() - ".jar".length());
        assertThat(Arrays.compare(numbers(version), numbers(floor)))
                .as(name + " against " + floor)
                .isGreaterThanOrEqualTo(0);
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[.-]"))
                .filter(part -> part.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
