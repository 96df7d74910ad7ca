package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bricklayer.client.FakeServer;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TAB offers, asked of the program and of the shells themselves. */
class CompletionTest {

    private static final long LONGEST_SECONDS = 600; // it starts a JVM for each line, on a machine that may be busy

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // twoVolumes sets it
    private Cli cli;

    @BeforeEach
    void twoVolumes() throws IOException {
        cli = new Cli(folder, false);
        cli.environment.put(LiveNames.PATIENCE, "300000");
        cli.loadThreeNodes();
        assertThat(cli.run("volume", "create", "--size=1", "--name=data1").status())
                .isZero();
        assertThat(cli.run("volume", "create", "--size=1", "--name=data2").status())
                .isZero();
    }

    @AfterEach
    void close() {
        cli.close();
    }

    /** Without what they are. */
    private List<String> completed(String line) {
        String[] words = ("__complete " + line).split(" ", -1);
        Cli.Ended ended = cli.run(words);
        assertThat(ended.status()).isZero();
        assertThat(ended.err()).isEmpty();
        return ended.out().lines().map(found -> found.replaceFirst("\t.*", "")).toList();
    }

    @Test
    void commandsFlagsAndTheirValuesAreOffered() {
        assertThat(completed("vol")).containsExactly("volume");
        assertThat(completed("")).contains("cluster", "topology").doesNotContain("__complete");
        assertThat(completed("volume cl")).containsExactly("clone");
        assertThat(completed("--server http://x:1 volume ex")).containsExactly("expand");
        assertThat(completed("volume create --repl")).containsExactly("--replica");
        assertThat(completed("volume list --output y")).containsExactly("yaml");
        assertThat(completed("volume list --output=y")).containsExactly("--output=yaml");
        assertThat(completed("completion f")).containsExactly("fish");
        assertThat(completed("topology load ")).containsExactly(":files");
        assertThat(completed("volume create --size 3 --na")).containsExactly("--name");
        assertThat(completed("no such thing")).isEmpty();
        assertThat(cli.run("__complete", "vol").out()).isEqualTo("volume\tVolumes.\n");
    }

    @Test
    void namesAndIdsAreTakenFromTheServer() {
        assertThat(completed("volume info d")).containsExactly("data1", "data2");
        String id = cli.server.volumes().getFirst().id();
        assertThat(completed("volume delete " + id.substring(0, 31))).contains(id);
        assertThat(completed("volume expand --volume data")).containsExactly("data1", "data2");
        assertThat(completed("node info n")).containsExactly("n1", "n2", "n3");
        assertThat(completed("device info n1")).containsExactly("n1:/dev/sdb");
        String cluster = cli.run("cluster", "list").id();
        assertThat(completed("cluster info ")).containsExactly(cluster);
        assertThat(completed("volume create --clusters x,")).containsExactly("x," + cluster);
        assertThat(completed("admin doctor n")).containsExactly("n1", "n2", "n3");
    }

    @Test
    void namesAreKeptForSomeSecondsInAFolderOfTheUsersOwn() throws IOException, InterruptedException {
        Path cache = folder.resolve("cache");
        cli.environment.put("XDG_CACHE_HOME", cache.toString());
        assertThat(completed("volume info ")).contains("data1", "data2");
        int asked = cli.server.seen().size();

        assertThat(completed("volume info data")).containsExactly("data1", "data2");

        assertThat(cli.server.seen()).hasSize(asked);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.resolve("bricklayer"))))
                .isEqualTo("rwx------");
        cli.time.sleep(Duration.ofSeconds(6));
        assertThat(completed("volume info data")).containsExactly("data1", "data2");
        assertThat(cli.server.seen()).hasSizeGreaterThan(asked);
    }

    @Test
    void aServerThatIsNotThereOrRefusesIsNothingToTalkAbout() {
        cli.environment.put("HEKETI_CLI_KEY", "wrong");
        assertThat(completed("volume info ")).isEmpty();
        cli.environment.put("HEKETI_CLI_SERVER", "nonsense");
        assertThat(completed("volume info ")).isEmpty();
        cli.environment.put("HEKETI_CLI_SERVER", "http://127.0.0.1:1");
        assertThat(completed("volume info ")).isEmpty();
        assertThat(completed("volume in")).containsExactly("info");
    }

    @Test
    void bashCompletesByTheScript() throws Exception {
        String ask = """
                ask() { COMP_LINE=$1; COMP_POINT=${#COMP_LINE}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _bricklayer; printf '%s\\n' "${COMPREPLY[@]}" --; }
                ask 'bricklayer volu' bricklayer volu
                ask 'bricklayer volume info da' bricklayer volume info da
                ask 'bricklayer device info n1:' bricklayer device info n1 :
                ask 'bricklayer topology load wor' bricklayer topology load wor
                """;

        assertThat(shell("bash", "-c", "source ./completion.sh\n" + ask))
                .containsExactly("volume", "--", "data1", "data2", "--", "/dev/sdb", "--", "words.json", "--");
    }

    @Test
    void zshCompletesByTheScript() throws Exception {
        String ask = """
                _describe() { print -rl -- "${(@P)2}"; }
                _files() { print files; }
                ask() { words=("$@"); CURRENT=$#; PREFIX=${words[-1]}; _bricklayer; print -- --; }
                ask bricklayer volu
                ask bricklayer volume info da
                ask bricklayer device info n1:
                ask bricklayer topology load wor
                """;

        assertThat(shell("zsh", "-f", "-c", "source ./completion.sh\n" + ask))
                .containsExactly("volume:Volumes.", "--", "data1", "data2", "--", "n1\\:/dev/sdb", "--", "files", "--");
    }

    @Test
    void fishCompletesByTheScript() throws Exception {
        String ask = """
                complete -C 'bricklayer volu'
                complete -C 'bricklayer volume info da'
                complete -C 'bricklayer device info n1:'
                complete -C 'bricklayer topology load wor'
                """;

        assertThat(shell("fish", "--no-config", "-c", "source ./completion.sh\n" + ask))
                .containsExactly("volume\tVolumes.", "data1", "data2", "n1:/dev/sdb", "words.json");
    }

    /** Its lines, when run with the script as {@code completion.sh} and with the program on its path. */
    private List<String> shell(String... command) throws Exception {
        String name = command[0];
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, name))),
                name + " is not installed");
        Files.writeString(
                folder.resolve("completion.sh"), cli.run("completion", name).out());
        Files.writeString(folder.resolve("words.json"), "");
        Path program = folder.resolve("bin").resolve("bricklayer");
        Files.createDirectory(folder.resolve("bin"));
        Files.writeString(
                program,
                "#!/bin/sh\nexec '" + System.getProperty("java.home")
                        + "/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path")
                        + "' bricklayer.tools.Main \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.putAll(cli.environment);
        environment.put("HOME", folder.toString());
        environment.remove("XDG_CACHE_HOME");
        environment.put("PATH", program.getParent() + ":" + System.getenv("PATH"));
        try (FakeServer server = new FakeServer(InstantSource.system())) {
            // programs live by the real time, and tokens with them
            environment.put("HEKETI_CLI_SERVER", server.uri().toString());
            cli.environment.put("HEKETI_CLI_SERVER", server.uri().toString());
            return run(builder, server);
        }
    }

    private List<String> run(ProcessBuilder builder, FakeServer server) throws Exception {
        try (Cli real = new Cli(folder, false)) {
            real.environment.put("HEKETI_CLI_SERVER", server.uri().toString());
            int status = 0;
            for (List<String> command : List.of(
                    List.of("topology", "load", "topology.json"),
                    List.of("volume", "create", "--size=1", "--name=data1"),
                    List.of("volume", "create", "--size=1", "--name=data2"))) {
                StringWriter err = new StringWriter();
                status += Cli.run(folder, real.environment, new StringWriter(), err, command.toArray(String[]::new));
                assertThat(status).as(err.toString()).isZero();
            }
        }
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
