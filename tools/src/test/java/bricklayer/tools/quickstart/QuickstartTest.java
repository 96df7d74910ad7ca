package bricklayer.tools.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.client.TimeSource;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: the server that quickstart starts is a fake one, started by a script as the real one is. */
class QuickstartTest {

    private final RandomGenerator random = new SplittableRandom(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path launcher;

    @SuppressWarnings("NullAway.Init") // set before each test
    private DataFolder data;

    private int port;

    @BeforeEach
    void prepare() throws IOException {
        data = new DataFolder(folder.resolve("data"));
        launcher = folder.resolve("launcher");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexport CLASSPATH='" + System.getProperty("java.class.path") + "'\nexec '"
                        + Path.of(System.getProperty("java.home"), "bin", "java") + "' "
                        + FakeServerProcess.class.getName() + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        try (ServerSocket any = new ServerSocket(0)) {
            port = any.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        new ServerStopper(TimeSource.SYSTEM).stop(data);
    }

    private String quickstart(OptionalInt wanted) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        new Quickstart(
                        "./bricklayer",
                        data,
                        new ServerStarter(launcher.toString(), TimeSource.SYSTEM),
                        TimeSource.SYSTEM,
                        random,
                        out,
                        new ProgressLine(out, false))
                .run(wanted);
        return text.toString();
    }

    @Test
    void goesFromNothingToAVolumeAndTheSecondRunFindsAllOfIt() throws IOException {
        String first = quickstart(OptionalInt.of(port));

        assertThat(first)
                .contains("Starting the server on port " + port)
                .contains("  12/12  added device /dev/sdc")
                .contains("Volume   first, 10 GiB, id ")
                .containsPattern("node-1.example +1 +/dev/sdb +/var/lib/heketi/mounts/vg_")
                .contains("./bricklayer stop");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.config())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                .isEqualTo("rwx------");
        DataFolder.StartedServer server = data.server().orElseThrow();
        assertThat(ServerProcess.find(data))
                .hasValueSatisfying(it -> assertThat(it.pid()).isEqualTo(server.pid()));

        String second = quickstart(OptionalInt.empty());

        assertThat(second)
                .contains("Found the server of " + data.root() + ": " + server.url())
                .contains("  12/12  found device /dev/sdc")
                .contains("Found volume first.")
                .doesNotContain("Starting", "added", "Creating");
        assertThat(data.server()).contains(server);
    }

    @Test
    void startsAgainWhenTheServerWasStopped() {
        quickstart(OptionalInt.of(port));

        assertThat(new ServerStopper(TimeSource.SYSTEM).stop(data)).startsWith("Stopped the server of " + data.root());
        assertThat(ServerProcess.find(data)).isEmpty();

        assertThat(quickstart(OptionalInt.empty())).contains("Starting the server on port " + port);
    }

    @Test
    void aPortThatIsTakenIsPassedByUnlessItWasAskedFor() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(port), 0);
        other.start();
        try {
            data.create();
            data.writeConfig(port, random);

            assertThatThrownBy(() -> quickstart(OptionalInt.of(port)))
                    .isInstanceOf(QuickstartFailed.class)
                    .hasMessage("port " + port + " is taken by another program; choose another one with --port");
            assertThat(quickstart(OptionalInt.empty())).doesNotContain("port " + port + " ");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aServerThatDoesNotStartShowsItsLog() throws IOException {
        data.create();
        data.write(data.config(), "{\"port\":\"" + port + "\",\"jwt\":{\"admin\":{\"key\":\"broken\"}}}");

        assertThatThrownBy(() -> quickstart(OptionalInt.empty()))
                .isInstanceOf(QuickstartFailed.class)
                .hasMessageContaining("the server ended with status 3 while starting")
                .hasMessageEndingWith("  the store cannot be opened");
        assertThat(data.server()).isEmpty();
    }

    @Test
    void aProcessThatOnlyHasTheNumberIsNotTouched() throws IOException {
        data.create();
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            data.remember(new DataFolder.StartedServer(other.pid(), "http://localhost:" + port));

            assertThat(new ServerStopper(TimeSource.SYSTEM).stop(data)).endsWith("is not running any more.");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroy();
        }
    }

    @Test
    void twoAtOnceAreRefused() throws IOException {
        data.create();
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("data/quickstart.lock"),
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> quickstart(OptionalInt.of(port)))
                    .isInstanceOf(QuickstartFailed.class)
                    .hasMessageContaining("another quickstart is at work");
        }
    }

    @Test
    void aConfigurationWithoutAKeyIsNamed() {
        data.create();
        data.write(data.config(), "{\"port\":\"8080\"}");

        assertThatThrownBy(() -> quickstart(OptionalInt.empty()))
                .isInstanceOf(QuickstartFailed.class)
                .hasMessage(data.config() + " has no jwt.admin.key");
    }

    @Test
    void theBarFillsOnATerminal() {
        StringWriter text = new StringWriter();
        ProgressLine bar = new ProgressLine(new PrintWriter(text), true);

        bar.show(1, 2, "one");
        bar.show(2, 2, "two");

        assertThat(text.toString())
                .isEqualTo("\r  [###############...............] 1/2  one\u001b[K"
                        + "\r  [##############################] 2/2  two\u001b[K\n");
    }
}
