package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.tools.Cli.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which commands show things. */
class OutputTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // start sets it
    private Cli cli;

    /** Sixty characters, and somebody looks. */
    private static final Terminal NARROW = new Terminal() {
        @Override
        public boolean watched() {
            return true;
        }

        @Override
        public OptionalInt width() {
            return OptionalInt.of(60);
        }

        @Override
        public Optional<String> ask(String prompt) {
            return Optional.empty();
        }

        @Override
        public Optional<String> line() {
            return Optional.empty();
        }
    };

    @BeforeEach
    void start() throws IOException {
        cli = new Cli(folder, false);
        cli.loadThreeNodes();
        cli.run("volume", "create", "--size=10", "--name=data");
    }

    @AfterEach
    void close() {
        cli.close();
    }

    private Ended run(String... args) {
        return cli.run(args);
    }

    @Test
    void listsAreTables() {
        String volume = run("volume", "list").id();
        String cluster = run("cluster", "list").id();

        assertThat(run("volume", "list").out())
                .isEqualTo("NAME  SIZE GIB  DURABILITY  BRICKS  HOSTS BLOCK  ID\n"
                        + "data        10  replica 3        3               " + volume + "\n");
        assertThat(run("volume", "list", "-o", "wide").out()).contains("MOUNT", "192.0.2.1:data  " + cluster);
        assertThat(run("cluster", "list").out())
                .isEqualTo("ID                                TYPES       NODES  VOLUMES  BLOCK VOLUMES\n" + cluster
                        + "  file block      3        1              0\n");
        assertThat(run("node", "list").out())
                .startsWith("NODE  STATE   ZONE  DEVICES  SIZE GIB  FREE GIB  ID\n"
                        + "n1    online     1        1       500       490  ");
    }

    @Test
    void onATerminalTheyFitAndAreColoured() {
        cli.terminal = NARROW;

        Ended list = run("node", "list");

        assertThat(list.out()).contains("\u001b[32monline\u001b[0m");
        assertThat(list.out().replaceAll("\u001b\\[\\d+m", "").lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60))
                .anySatisfy(line -> assertThat(line).endsWith("…"));
        assertThat(run("node", "list", "--color=never").out()).doesNotContain("\u001b");
        assertThat(run("node", "list", "-o", "wide", "--color=never").out()).doesNotContain("…");
        cli.environment.put("NO_COLOR", "1");
        assertThat(run("node", "list").out()).doesNotContain("\u001b");
        assertThat(run("--color=always", "node", "list").out()).contains("\u001b[32m");
        assertThat(run("blockvolume", "list")).isEqualTo(new Ended(0, "", "There are none.\n"));
    }

    @Test
    void programsGetTheAnswerAsJsonOrYaml() {
        String volume = run("volume", "list").id();

        assertThat(run("volume", "list", "--json").out()).isEqualTo("{\"volumes\":[\"" + volume + "\"]}\n");
        assertThat(run("volume", "list", "-o", "json").out())
                .isEqualTo("{\"volumes\":["
                        + run("volume", "info", "data", "-o", "json").out().strip() + "]}\n");
        assertThat(run("-o", "yaml", "volume", "list").out()).startsWith("volumes:\n- size: 10\n  name: data\n");
        assertThat(run("volume", "info", "data", "-o", "yaml").out())
                .startsWith("size: 10\nname: data\ndurability:\n  type: replicate\n  replicate:\n    replica: 3\n");
        assertThat(run("node", "list", "--json").out()).startsWith("{\"nodes\":[{\"zone\":1,");
        assertThat(run("db", "check", "-o", "yaml").out()).doesNotContain("{\"");
    }

    @Test
    void listsForProgramsAreWholeObjectsUnlessIdsAreAskedFor() {
        String cluster = run("cluster", "list").id();

        assertThat(run("volume", "list", "-o", "template={range .volumes[*]}{.name} {.size}{end}")
                        .out())
                .isEqualTo("data 10\n");
        assertThat(run("cluster", "list", "-o", "json").out())
                .startsWith("{\"clusters\":[{\"id\":\"" + cluster + "\",\"nodes\":[\"");
        assertThat(run("cluster", "list", "--json").out()).isEqualTo("{\"clusters\":[\"" + cluster + "\"]}\n");
        assertThat(run("--json", "cluster", "list")).isEqualTo(run("cluster", "list", "--json"));
        assertThat(run("blockvolume", "list", "-o", "json").out()).isEqualTo("{\"blockvolumes\":[]}\n");
    }

    @Test
    void aTemplateTakesWhatItNames() {
        assertThat(run("volume", "info", "data", "-o", "template={.name} {.size}")
                        .out())
                .isEqualTo("data 10\n");
        assertThat(run("topology", "info", "-o", "template={range .clusters[*].nodes[*]}{.hostnames.manage[0]},{end}")
                        .out())
                .isEqualTo("n1,n2,n3,\n");
    }

    @Test
    void aPlanIsShownInTheFormAskedFor() {
        assertThat(run("cluster", "info", run("cluster", "list").id(), "-o", "table")
                        .out())
                .startsWith("FIELD         VALUE\nid            ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "template={.name", ""})
    void anUnknownFormIsWrongUse(String form) {
        Ended ended = run("volume", "list", "--output", form);

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .contains("--output")
                .contains(form.startsWith("template") ? "character 1" : "json, yaml");
    }

    @Test
    void byTheNameOfHeketiListsAreItsText() throws IOException {
        try (Cli heketi = new Cli(folder, true)) {
            heketi.loadThreeNodes();

            assertThat(heketi.run("cluster", "list").out()).startsWith("Clusters:\nId:");
            assertThat(heketi.run("cluster", "list", "-o", "json")).isEqualTo(heketi.run("cluster", "list", "--json"));
            assertThat(heketi.run("node", "list", "--json").out()).matches("(Id:\\S+\tCluster:\\S+\n){3}");
        }
    }
}
