package bricklayer.kube;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in {@code deploy/kubernetes} are those of the chart, have no member that Kubernetes does not know, name each other rightly, and ask for no more than is needed. */
class ManifestsTest {

    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final String PODS = "bricklayer.yaml";
    private static final String SSH = "bricklayer-ssh.yaml";
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "ConfigMap", ConfigMap.class,
            "Deployment", Deployment.class,
            "PersistentVolumeClaim", PersistentVolumeClaim.class,
            "Secret", Secret.class,
            "Service", Service.class,
            "ServiceAccount", ServiceAccount.class);

    /** Refuses members that the type has not, which the library's own keeps. */
    private final ObjectMapper strict = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public @Nullable Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {PODS, SSH})
    void oneUnprivilegedWriterWithAReadOnlyRoot(String file) throws IOException {
        Deployment deployment = the(Deployment.class, read(file));
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().getFirst();

        assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/healthz/live");
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/healthz/live");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/healthz/ready");
        assertThat(container.getResources().getLimits()).containsKey("memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {PODS, SSH})
    void whatIsNamedIsThere(String file) throws IOException {
        List<JsonNode> objects = read(file);
        Deployment deployment = the(Deployment.class, objects);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        var labels = deployment.getSpec().getTemplate().getMetadata().getLabels();

        assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(the(Service.class, objects).getSpec().getSelector()).isEqualTo(labels);
        assertThat(pod.getServiceAccountName())
                .isEqualTo(the(ServiceAccount.class, objects).getMetadata().getName());
        Set<String> named = new TreeSet<>();
        pod.getVolumes().stream()
                .filter(volume -> volume.getConfigMap() != null)
                .forEach(volume -> named.add(volume.getConfigMap().getName()));
        assertThat(named)
                .containsExactly(the(ConfigMap.class, objects).getMetadata().getName());
        assertThat(pod.getVolumes().stream()
                        .filter(volume -> volume.getPersistentVolumeClaim() != null)
                        .map(volume -> volume.getPersistentVolumeClaim().getClaimName()))
                .containsExactly(
                        the(PersistentVolumeClaim.class, objects).getMetadata().getName());
        Secret keys = the(Secret.class, objects);
        assertThat(pod.getContainers().getFirst().getEnv().stream()
                        .filter(variable -> variable.getValueFrom() != null)
                        .map(variable -> variable.getValueFrom().getSecretKeyRef()))
                .hasSize(2)
                .allSatisfy(reference -> {
                    assertThat(reference.getName()).isEqualTo(keys.getMetadata().getName());
                    assertThat(keys.getStringData()).containsKey(reference.getKey());
                });
        assertThat(objects.stream()
                        .map(object -> object.at("/metadata/namespace").asText()))
                .containsOnly("storage");
    }

    /** The configuration is one that the server takes, with the keys from the environment. */
    @ParameterizedTest
    @ValueSource(strings = {PODS, SSH})
    void theServerTakesTheConfiguration(String file) throws IOException {
        String config =
                requireNonNull(the(ConfigMap.class, read(file)).getData().get("heketi.json"));

        var loaded = bricklayer.config.ConfigFile.parse(
                config,
                Map.of("HEKETI_ADMIN_KEY", "a", "HEKETI_USER_KEY", "u"),
                bricklayer.config.ConfigFile.Authentication.REQUIRED);

        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.config().data()).isEqualTo(Path.of("/var/lib/bricklayer/data"));
        assertThat(loaded.config().endpoints().kept()).isTrue();
        assertThat(loaded.config().jwt()).isPresent();
    }

    @Test
    void theRoleOfAServerWithoutPodsNamesNoPods() throws IOException {
        assertThat(rights(read(SSH))).isNotEmpty().noneMatch(right -> right.startsWith("pods"));
        assertThat(rights(read(PODS)))
                .contains("pods/exec create", "pods list", "pods watch", "endpoints update")
                .noneMatch(right -> right.contains("*") || right.startsWith("secrets"));
    }

    @Test
    void theManifestsAreThoseOfTheChart() throws Exception {
        render(List.of());

        for (String name : List.of(PODS, SSH)) {
            assertThat(folder.resolve(name))
                    .as("deploy/helm/render writes it again")
                    .hasSameTextualContentAs(DEPLOY.resolve("kubernetes").resolve(name));
        }
    }

    @Test
    void theChartRefusesWhatIsNoValueOrWouldNotRun() throws Exception {
        Map<String, String> refused = Map.of(
                "no-keys", "auth.adminKey",
                "typing-error", "persistance",
                "two-writers", "maxUnavailable",
                "key-in-config", "config",
                "no-ssh-key", "ssh.existingSecret");
        Map<String, String> values = new LinkedHashMap<>();
        values.put("no-keys", "executor: kubernetes");
        values.put("typing-error", "auth: {existingSecret: k}\npersistance: {size: 1Gi}");
        values.put("two-writers", "auth: {existingSecret: k}\npodDisruptionBudget: {maxUnavailable: 2}");
        values.put("key-in-config", "auth: {existingSecret: k}\nconfig: {jwt: {admin: {key: x}}}");
        values.put("no-ssh-key", "auth: {existingSecret: k}\nexecutor: ssh");
        values.put("all", """
                auth: {existingSecret: k}
                serviceMonitor: {enabled: true, labels: {release: prometheus}}
                prometheusRule: {enabled: true}
                persistence: {type: hostPath}
                nodeSelector: {kubernetes.io/hostname: n1}
                backup: {existingClaim: b}
                endpoints: {namespaces: [apps, web]}
                kubernetes: {namespace: gluster}
                config: {glusterfs: {loglevel: debug}}
                """);
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            files.add(Files.writeString(folder.resolve("v-" + entry.getKey() + ".yaml"), entry.getValue()));
        }
        Path out = Files.createDirectory(folder.resolve("out"));
        render(out, files);

        refused.forEach((name, why) -> assertThat(out.resolve("v-" + name + ".yaml.refused"))
                .as(name)
                .content()
                .contains(why));
        List<JsonNode> all = objects(out.resolve("v-all.yaml"));
        assertThat(all.stream().map(object -> object.path("kind").asText()))
                .contains("ServiceMonitor", "PrometheusRule", "NetworkPolicy", "PodDisruptionBudget")
                .doesNotContain("Secret", "PersistentVolumeClaim");
        assertThat(all.stream()
                        .filter(object -> object.path("kind").asText().equals("Role"))
                        .map(object -> object.at("/metadata/namespace").asText()))
                .containsExactlyInAnyOrder("gluster", "apps", "web");
        assertThat(all.stream()
                        .filter(object -> object.path("kind").asText().equals("PrometheusRule"))
                        .findFirst()
                        .orElseThrow()
                        .at("/spec/groups/0/rules"))
                .hasSizeGreaterThan(15);
        assertThat(the(ConfigMap.class, all).getData().get("heketi.json"))
                .contains("\"loglevel\": \"debug\"", "\"namespace\": \"gluster\"", "/var/lib/bricklayer-backup");
    }

    private void render(List<Path> values) throws IOException, InterruptedException {
        render(folder, values);
    }

    /** By helm or as a library; without either the test is skipped. */
    private static void render(Path to, List<Path> values) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(DEPLOY.resolve("helm/render").toString(), to.toString()));
        values.forEach(file -> command.add(file.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assumeTrue(process.exitValue() != 3, "the chart cannot be rendered here: " + said);
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static Set<String> rights(List<JsonNode> objects) {
        Set<String> rights = new TreeSet<>();
        objects.stream()
                .filter(object -> object.path("kind").asText().equals("Role"))
                .flatMap(role -> role.path("rules").valueStream())
                .forEach(rule -> rule.path("resources")
                        .forEach(resource -> rule.path("verbs")
                                .forEach(verb -> rights.add(resource.asText() + " " + verb.asText()))));
        return rights;
    }

    private <T> T the(Class<T> kind, List<JsonNode> objects) {
        List<T> found = objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind.getSimpleName()))
                .map(object -> strict.convertValue(object, kind))
                .toList();
        assertThat(found).as(kind.getSimpleName()).hasSize(1);
        return found.getFirst();
    }

    private List<JsonNode> read(String file) throws IOException {
        List<JsonNode> objects = objects(DEPLOY.resolve("kubernetes").resolve(file));
        for (JsonNode object : objects) {
            Class<? extends HasMetadata> kind = KINDS.get(object.path("kind").asText());
            if (kind != null) {
                assertThat(strict.convertValue(object, kind).getMetadata().getName())
                        .isNotEmpty();
            }
        }
        return objects;
    }

    private static List<JsonNode> objects(Path file) throws IOException {
        ObjectMapper plain = new ObjectMapper();
        return Stream.of(Files.readString(file).split("(?m)^---$"))
                .filter(part -> part.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .map(part -> plain.<JsonNode>valueToTree(Serialization.unmarshal(part, Map.class)))
                .toList();
    }
}
