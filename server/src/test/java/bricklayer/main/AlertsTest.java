package bricklayer.main;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.config.ConfigFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the alerts and the dashboard ask for is what a server shows, and where they send a person there is something to read. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertsTest {

    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Path RULES = DEPLOY.resolve("prometheus/rules.yaml");
    private static final Path DASHBOARD = DEPLOY.resolve("grafana/bricklayer.json");

    /** Prometheus adds these to whatever it reads. */
    private static final Set<String> ADDED = Set.of("instance", "job");

    private static final Pattern METRIC = Pattern.compile("\\b(?:bricklayer|heketi|jvm|process)_\\w+");
    private static final Pattern SELECTED = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPED = Pattern.compile("\\b(?:by|on|without|ignoring) \\(([^)]*)\\)");
    private static final Pattern IN_TEXT = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");

    /** By name, with all labels that were seen. */
    private final Map<String, Set<String>> shown = new TreeMap<>();

    private record Asked(String where, String expression, String text) {}

    @BeforeAll
    void readWhatAServerShows(@TempDir Path folder) throws IOException, InterruptedException {
        String config = "{\"glusterfs\": {\"executor\": \"mock\", \"start_time_monitor_gluster_nodes\": 1,"
                + " \"refresh_time_monitor_gluster_nodes\": 1}, \"bricklayer\": {\"data\": \"" + folder.resolve("data")
                + "\", \"backup\": {\"folder\": \"" + folder.resolve("backups") + "\"}}}";
        try (BricklayerServer server =
                BricklayerServer.start(ConfigFile.parse(config, Map.of(), ConfigFile.Authentication.DISABLED)
                        .config())) {
            BricklayerClient client = BricklayerClient.to(URI.create("http://localhost:" + server.port()))
                    .build();
            String cluster =
                    client.createCluster(new ClusterCreateRequest(true, true)).id();
            for (int number = 1; number <= 3; number++) {
                String node = client.addNode(new NodeAddRequest(
                                number,
                                new Hostnames(List.of("node" + number), List.of("192.0.2." + number)),
                                cluster,
                                Map.of()))
                        .id();
                client.addDevice(new DeviceAddRequest("/dev/sdb", Map.of(), node, false));
                client.resyncDevice(client.node(node).devices().getFirst().id());
            }
            client.createVolume(WireJson.read(
                    "{\"size\":10,\"durability\":{\"type\":\"replicate\",\"replicate\":{\"replica\":3}}}",
                    VolumeCreateRequest.class));
            client.reconcile("", "", line -> {});
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (!client.metrics().contains("bricklayer_node_up{")) { // until the nodes have been looked at
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(50);
            }
            client.metrics().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                Set<String> labels = shown.computeIfAbsent(line.split("[{ ]", 2)[0], name -> new HashSet<>());
                selected(line.substring(0, line.lastIndexOf(' '))).forEach(labels::add);
            });
        }
    }

    @Test
    void whatTheAlertsAskForIsShown() throws IOException {
        assertShown(rules());
    }

    @Test
    void whatTheDashboardAsksForIsShown() throws IOException {
        List<Asked> asked = new ArrayList<>();
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
            panel.path("targets")
                    .forEach(target -> asked.add(new Asked(
                            panel.path("title").asText(),
                            target.path("expr").asText(),
                            target.path("legendFormat").asText())));
        }
        assertThat(asked).hasSizeGreaterThan(20);
        assertShown(asked);
    }

    @Test
    void eachAlertSendsAPersonWhereThereIsSomethingToRead() throws IOException {
        Map<String, Set<String>> anchors = new HashMap<>();
        for (Map<?, ?> rule : ruleMaps()) {
            Map<?, ?> annotations = member(rule, "annotations", Map.class);
            assertThat(annotations.keySet())
                    .as("%s", rule.get("alert"))
                    .isEqualTo(Set.of("summary", "description", "runbook"));
            assertThat(member(rule, "labels", Map.class).get("severity")).isIn("critical", "warning", "info");
            assertThat(rule.get("for")).as("%s", rule.get("alert")).isNotNull();
            String[] runbook = String.valueOf(annotations.get("runbook")).split("#", 2);
            if (!anchors.containsKey(runbook[0])) {
                anchors.put(runbook[0], anchors(Path.of("..", runbook[0])));
            }
            assertThat(anchors.get(runbook[0])).as("%s", rule.get("alert")).contains(runbook[1]);
        }
    }

    @Test
    void theChartBringsTheSameRules() throws IOException {
        assertThat(DEPLOY.resolve("helm/bricklayer/files/rules.yaml")).hasSameTextualContentAs(RULES);
    }

    @Test
    void prometheusTakesThem() throws IOException, InterruptedException {
        Process promtool;
        try {
            promtool = new ProcessBuilder("promtool", "check", "rules", RULES.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "promtool is not on PATH (Debian: prometheus)");
            return;
        }
        String said = new String(promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(said).isZero();
    }

    private void assertShown(List<Asked> all) {
        List<String> wrong = new ArrayList<>();
        for (Asked asked : all) {
            List<String> metrics = METRIC.matcher(withoutTexts(asked.expression()))
                    .results()
                    .map(MatchResult::group)
                    .toList();
            Set<String> labels = new TreeSet<>(ADDED);
            metrics.forEach(metric -> labels.addAll(shown.getOrDefault(metric, Set.of())));
            metrics.stream()
                    .filter(metric -> !shown.containsKey(metric))
                    .forEach(metric -> wrong.add(asked.where() + ": there is no " + metric));
            Set<String> named = new TreeSet<>(selected(asked.expression()));
            GROUPED.matcher(asked.expression())
                    .results()
                    .forEach(group -> named.addAll(List.of(group.group(1).split(",\\s*"))));
            IN_TEXT.matcher(asked.text()).results().forEach(name -> named.add(name.group(1)));
            named.removeAll(labels);
            if (metrics.isEmpty() || !named.isEmpty() || !balanced(asked.expression())) {
                wrong.add(asked.where() + ": " + asked.expression() + " names labels that are not there: " + named);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> selected(String expression) {
        return SELECTED.matcher(expression)
                .results()
                .flatMap(braces -> LABEL.matcher(withoutTexts(braces.group(1))).results())
                .map(label -> label.group(1))
                .toList();
    }

    private static String withoutTexts(String expression) {
        return expression.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "\"\"");
    }

    private static boolean balanced(String expression) {
        int depth = 0;
        for (char one : withoutTexts(expression).toCharArray()) {
            depth += "({[".indexOf(one) >= 0 ? 1 : ")}]".indexOf(one) >= 0 ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0;
    }

    private static List<Asked> rules() throws IOException {
        return ruleMaps().stream()
                .map(rule -> new Asked(
                        String.valueOf(rule.get("alert")),
                        String.valueOf(rule.get("expr")),
                        String.valueOf(rule.get("annotations")).replaceAll("\\{\\{ \\$value[^}]*}}", "")))
                .toList();
    }

    private static List<? extends Map<?, ?>> ruleMaps() throws IOException {
        Map<?, ?> file = Serialization.unmarshal(Files.readString(RULES), Map.class);
        List<Map<?, ?>> rules = new ArrayList<>();
        for (Object group : member(file, "groups", List.class)) {
            for (Object rule : member((Map<?, ?>) group, "rules", List.class)) {
                rules.add((Map<?, ?>) rule);
            }
        }
        assertThat(rules).hasSizeGreaterThan(15);
        return rules;
    }

    private static <T> T member(Map<?, ?> map, String name, Class<T> type) {
        return type.cast(requireNonNull(map.get(name), name));
    }

    /** As the pages that show Markdown name its headings. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("#")) {
                anchors.add(line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'));
            }
        }
        return anchors;
    }
}
