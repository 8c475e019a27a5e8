package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.config.SettingKeys;
import org.junit.jupiter.api.Test;

/** Holds the files of {@code deploy} to the program and to each other: settings, ports, names and versions. */
class DeployTest {

    private static final Path DEPLOY = Path.of("deploy");
    private static final Path DOCKERFILE = DEPLOY.resolve("docker/Dockerfile");
    private static final Pattern SETTING = Pattern.compile("\\b(?:KOMMO|DROP)_[A-Z_]+\\b");
    private static final Pattern KEY = Pattern.compile("(?<![-\\w])(?:kommo|drop)\\.[a-z]+(?:-[a-z]+)*\\b");
    private static final int PORT = 8026;

    private final Map<String, JsonNode> kubernetes = new TreeMap<>();

    DeployTest() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        try (Stream<Path> files = Files.list(DEPLOY.resolve("kubernetes"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                try (MappingIterator<JsonNode> documents =
                        yaml.readerFor(JsonNode.class).readValues(file.toFile())) {
                    for (JsonNode document : documents.readAll()) {
                        assertThat(kubernetes.put(document.path("kind").asText(), document))
                                .isNull();
                    }
                }
            }
        }
    }

    private static String version() throws IOException {
        Matcher version = Pattern.compile("\n  <version>(.+)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private JsonNode pod() {
        return kubernetes.get("StatefulSet").at("/spec/template/spec");
    }

    private JsonNode container() {
        assertThat(pod().path("containers")).hasSize(1);
        return pod().at("/containers/0");
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        container()
                .path("env")
                .forEach(one -> environment.put(
                        one.path("name").asText(), one.path("value").asText()));
        return environment;
    }

    private static Map<String, JsonNode> named(JsonNode list) {
        return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                .map(list::get)
                .collect(Collectors.toMap(one -> one.path("name").asText(), Function.identity()));
    }

    @Test
    void every_setting_named_in_deploy_exists() throws IOException {
        Set<String> variables = SettingKeys.ALL.stream()
                .map(key -> key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                SETTING.matcher(text).results().forEach(setting -> found.add(setting.group()));
                KEY.matcher(text.replace("kommo.com", "")).results().forEach(key -> assertThat(SettingKeys.ALL)
                        .as(file.toString())
                        .contains(key.group()));
            }
        }
        assertThat(variables).containsAll(found);
        assertThat(found).hasSizeGreaterThan(4);
    }

    @Test
    void one_pod_owns_a_volume_that_no_other_pod_can_have() {
        JsonNode set = kubernetes.get("StatefulSet").path("spec");
        assertThat(set.path("replicas").asInt()).isEqualTo(1);
        assertThat(set.path("volumeClaimTemplates")).hasSize(1);
        JsonNode claim = set.at("/volumeClaimTemplates/0");
        assertThat(claim.at("/spec/accessModes").toString()).isEqualTo("[\"ReadWriteOncePod\"]");
        Map<String, JsonNode> mounts = named(container().path("volumeMounts"));
        assertThat(mounts.get(claim.at("/metadata/name").asText())
                        .path("mountPath")
                        .asText())
                .isEqualTo(environment().get("DROP_HOME"));
        assertThat(pod().path("terminationGracePeriodSeconds").asInt()).isGreaterThan(70);
    }

    @Test
    void the_pod_is_an_ordinary_user_that_writes_only_into_its_volumes() throws IOException {
        assertThat(pod().at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        JsonNode security = container().path("securityContext");
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(Files.readString(DOCKERFILE))
                .contains("USER " + pod().at("/securityContext/runAsUser").asText() + ":"
                        + pod().at("/securityContext/runAsGroup").asText());
    }

    @Test
    void the_token_is_a_file_of_the_secret() {
        JsonNode kustomization = kubernetes.get("Kustomization");
        JsonNode secret = kustomization.at("/secretGenerator/0");
        JsonNode volume = named(pod().path("volumes")).get("access-token");
        assertThat(volume.at("/secret/secretName").asText())
                .isEqualTo(secret.path("name").asText());
        String folder = named(container().path("volumeMounts"))
                .get("access-token")
                .path("mountPath")
                .asText();
        assertThat(environment())
                .containsEntry(
                        "KOMMO_ACCESS_TOKEN_FILE",
                        folder + "/" + secret.at("/files/0").asText())
                .doesNotContainKey("KOMMO_ACCESS_TOKEN");
        assertThat(container().at("/envFrom/0/configMapRef/name").asText())
                .isEqualTo(kustomization.at("/configMapGenerator/0/name").asText());
    }

    @Test
    void probes_service_monitor_and_policy_name_the_management_port() throws IOException {
        assertThat(environment())
                .containsEntry("DROP_MANAGEMENT_PORT", "" + PORT)
                .containsEntry("DROP_MANAGEMENT_ADDRESS", "0.0.0.0");
        JsonNode port = container().at("/ports/0");
        assertThat(port.path("containerPort").asInt()).isEqualTo(PORT);
        String name = port.path("name").asText();
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode get = container().path(probe).path("httpGet");
            assertThat(get.path("port").asText()).as(probe).isEqualTo(name);
            assertThat(get.path("path").asText())
                    .as(probe)
                    .isEqualTo(probe.startsWith("readiness") ? "/health/ready" : "/health/live");
        }
        JsonNode service = kubernetes.get("Service").at("/spec/ports/0");
        assertThat(service.path("port").asInt()).isEqualTo(PORT);
        assertThat(service.path("targetPort").asText()).isEqualTo(name);
        assertThat(kubernetes.get("ServiceMonitor").at("/spec/endpoints/0/port").asText())
                .isEqualTo(service.path("name").asText());
        assertThat(kubernetes
                        .get("NetworkPolicy")
                        .at("/spec/ingress/0/ports/0/port")
                        .asInt())
                .isEqualTo(PORT);
        assertThat(Files.readString(DOCKERFILE))
                .contains(
                        "EXPOSE " + PORT,
                        "127.0.0.1/" + PORT,
                        "DROP_MANAGEMENT_PORT=" + PORT,
                        "DROP_MANAGEMENT_ADDRESS=0.0.0.0");
    }

    @Test
    void all_select_the_labels_of_the_pod() {
        JsonNode labels = kubernetes.get("StatefulSet").at("/spec/template/metadata/labels");
        assertThat(labels).isNotEmpty();
        assertThat(kubernetes.get("StatefulSet").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        assertThat(kubernetes.get("Service").at("/spec/selector")).isEqualTo(labels);
        assertThat(kubernetes.get("NetworkPolicy").at("/spec/podSelector/matchLabels"))
                .isEqualTo(labels);
        assertThat(kubernetes.get("ServiceMonitor").at("/spec/selector/matchLabels"))
                .isEqualTo(kubernetes.get("Service").at("/metadata/labels"));
    }

    @Test
    void the_kustomization_names_every_file_but_the_monitor_and_the_version_of_the_program() throws IOException {
        JsonNode kustomization = kubernetes.get("Kustomization");
        try (Stream<Path> files = Files.list(DEPLOY.resolve("kubernetes"))) {
            assertThat(kustomization.path("resources"))
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".yaml"))
                                    .filter(name -> !Set.of("kustomization.yaml", "servicemonitor.yaml")
                                            .contains(name))
                                    .toList());
        }
        assertThat(kustomization.at("/images/0/newTag").asText()).isEqualTo(version());
        assertThat(kustomization.at("/images/0/name").asText())
                .isEqualTo(container().path("image").asText());
        assertThat(Files.readString(DOCKERFILE))
                .contains("ARG VERSION=" + version(), "-t catalog-drop:" + version() + " ");
    }
}
