package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.tools.Cli.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code describe}, {@code top} and {@code man}. */
class DescribeTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // oneVolume sets it
    private Cli cli;

    @BeforeEach
    void oneVolume() throws IOException {
        cli = new Cli(folder, false);
        cli.loadThreeNodes();
        assertThat(cli.run("volume", "create", "--size=10", "--name=data").status())
                .isZero();
    }

    @AfterEach
    void close() {
        cli.close();
    }

    @Test
    void aVolumeIsShownWithHowToMountItAndWhatHoldsIt() {
        Ended ended = cli.run("volume", "describe", "data");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out())
                .startsWith("Volume data\n  Id                "
                        + cli.server.volumes().getFirst().id())
                .contains("mount -t glusterfs -o backup-volfile-servers=192.0.2.2,192.0.2.3 192.0.2.1:data /mnt/data\n")
                .contains("replicate 3, 1 set of 3 bricks\n", "\nOpen operations that hold it: none\n")
                .contains("bricklayer events --id "
                        + cli.server.volumes().getFirst().id() + "\n");
        assertThat(cli.run("volume", "describe", "data", "--output", "json").out())
                .startsWith("{\"volume\":{\"size\":10,\"name\":\"data\"")
                .contains("\"operations\":[]");
    }

    @Test
    void nodesDevicesAndClustersAreShownWithWhatIsOnThem() {
        assertThat(cli.run("node", "describe", "n2").out())
                .startsWith("Node n2\n")
                .contains(
                        "  Zone              2\n",
                        "500 GiB, 490 GiB free (98 %)",
                        "Bricks            1 of 1 volumes\n",
                        "/dev/sdb",
                        "admin doctor n2");
        assertThat(cli.run("device", "describe", "n2:/dev/sdb").out())
                .startsWith("Device /dev/sdb of node n2\n")
                .contains("  Node              n2, online, zone 2\n");
        String cluster = cli.run("cluster", "list").id();
        assertThat(cli.run("cluster", "describe", cluster).out())
                .contains("  Space             1500 GiB, 1470 GiB free (98 %)\n", "\nVolumes\n", "data");
        assertThat(cli.run("node", "describe", "n9").err()).startsWith("Error: no node is called n9");
    }

    @Test
    void topShowsCapacityAndOperationsOnceWhereNobodyIsWatching() {
        assertThat(cli.run("top").out())
                .contains("clusters 1  volumes 1  operations 0 (running 0, failed 0, stale 0)")
                .containsPattern("n1 +[0-9a-f]{32} +online +500 +490 +2\\.0 +1");
        assertThat(cli.run("top", "--once", "--by", "device", "--rows", "2").out())
                .contains("/dev/sdb", "and 1 more\n");
        assertThat(cli.run("top", "--by", "cluster").out()).contains(" 1500 ");
        assertThat(cli.run("top", "--every", "0").status()).isEqualTo(2);
    }

    @Test
    void qLeavesTopAndGivesTheTerminalBack() {
        Typist typist = new Typist("..x.......................q");
        cli.terminal = typist;

        Ended ended = cli.run("top");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out().split("n1 ", -1)).hasSize(3); // after 2 s once more
        assertThat(ended.out()).endsWith("q leaves\n");
        assertThat(typist.closed).isTrue();
    }

    /** Looks on, and presses these keys, one each time that somebody looks for one; a dot is none. */
    private static final class Typist implements Terminal, Terminal.Keys {

        private final Deque<Integer> typed = new ArrayDeque<>();
        private boolean closed;

        Typist(String keys) {
            keys.chars().forEach(typed::add);
        }

        @Override
        public boolean watched() {
            return true;
        }

        @Override
        public OptionalInt width() {
            return OptionalInt.empty();
        }

        @Override
        public Optional<String> ask(String prompt) {
            return Optional.empty();
        }

        @Override
        public Optional<String> line() {
            return Optional.empty();
        }

        @Override
        public Optional<Keys> keys() {
            return Optional.of(this);
        }

        @Override
        public OptionalInt pressed() {
            int key = typed.remove();
            return key == '.' ? OptionalInt.empty() : OptionalInt.of(key);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void manualPagesArePrintedAndWritten() throws IOException {
        assertThat(cli.run("man", "volume", "create").out())
                .startsWith(".TH \"BRICKLAYER\\-VOLUME\\-CREATE\" \"1\"")
                .contains(".SH \"OPTIONS\"\n", "\\fB\\-\\-size=GIB\\fR\n", "bricklayer\\-volume(1)");
        assertThat(cli.run("man", "topology", "apply").out()).contains(".SH \"EXAMPLE\"\n.nf\n", "clusters");
        assertThat(cli.run("man", "volume", "shrink").status()).isEqualTo(2);

        assertThat(cli.run("man", "--write", "pages").out()).contains(" pages are in ");

        assertThat(Files.readString(folder.resolve("pages/bricklayer.1"))).contains("bricklayer\\-topology(1)");
        assertThat(folder.resolve("pages/bricklayer-topology-apply.1")).exists();
    }

    @Test
    void groffHasNothingToSayAgainstThePages() throws Exception {
        Assumptions.assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "groff"))),
                "groff is not installed");
        assertThat(cli.run("man", "--write", "pages").status()).isZero();
        List<String> command;
        try (var files = Files.list(folder.resolve("pages"))) {
            command = Stream.concat(
                            Stream.of("groff", "-ww", "-man", "-Tascii", "-z"),
                            files.map(Path::toString).sorted())
                    .toList();
        }

        Process groff = new ProcessBuilder(command).redirectErrorStream(true).start();

        assertThat(new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(groff.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(groff.exitValue()).isZero();
    }
}
