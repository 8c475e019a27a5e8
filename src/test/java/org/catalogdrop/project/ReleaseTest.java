package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published names where its sources are. */
class ReleaseTest {

    private static final Path POM = Path.of("pom.xml");

    @TempDir
    Path folder;

    /** Runs the checks of the release job that look at the pom, until one fails, in the folder. */
    private String check(String tag, String repository) throws Exception {
        JsonNode job = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of(".github/workflows/release.yml").toFile());
        List<String> checks = new ArrayList<>();
        job.findPath("build").path("steps").forEach(step -> {
            if (step.path("name").asText().startsWith("The ")) {
                checks.add(step.path("run").asText());
            }
        });
        assertThat(checks).hasSize(2);
        ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-c", String.join("\n", checks))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        bash.environment().put("GITHUB_REF_NAME", tag);
        bash.environment().put("GITHUB_REPOSITORY", repository);
        Process process = bash.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }

    @Test
    void given_a_pom_of_another_repository_or_version_when_released_then_the_job_says_what_to_write() throws Exception {
        String pom = Files.readString(POM);
        String version = pom.replaceFirst("(?s).*?\n  <version>(.+?)</version>.*", "$1");
        Files.writeString(folder.resolve("pom.xml"), pom);
        assertThat(check("v" + version, "acme/catalog-drop"))
                .startsWith("1 ")
                .contains("Write <repository>acme/catalog-drop</repository>");

        Files.writeString(
                folder.resolve("pom.xml"),
                pom.replaceFirst("<repository>.+</repository>", "<repository>acme/catalog-drop</repository>"));
        assertThat(check("v" + version, "acme/catalog-drop")).isEqualTo("0 ");
        assertThat(check("v99", "acme/catalog-drop")).startsWith("1 ").contains("Write <version>99</version>");
    }

    @Test
    void given_the_pom_when_published_then_it_has_all_that_a_repository_of_libraries_asks_for() throws Exception {
        assertThat(Files.readString(POM))
                .contains(
                        "\n  <name>",
                        "\n  <description>",
                        "\n  <url>",
                        "\n  <licenses>",
                        "\n  <developers>",
                        "\n  <scm>\n    <connection>scm:git:",
                        "<artifactId>maven-source-plugin</artifactId>",
                        "<artifactId>maven-javadoc-plugin</artifactId>",
                        "<artifactId>cyclonedx-maven-plugin</artifactId>");
    }
}
