package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.client.FakeServer;
import bricklayer.tools.Cli.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers by name, and keys that are in no argument. */
class ContextTest {

    private static final String NOBODY = "http://localhost:1";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // start sets it
    private Cli cli;

    /** Types what it is told to, and remembers what it was asked. */
    private static final class Typist implements Terminal {

        private final boolean watching;
        private final Deque<String> lines;
        private final Deque<String> prompts = new ArrayDeque<>();

        Typist(boolean watching, String... lines) {
            this.watching = watching;
            this.lines = new ArrayDeque<>(List.of(lines));
        }

        @Override
        public boolean watched() {
            return watching;
        }

        @Override
        public OptionalInt width() {
            return OptionalInt.empty();
        }

        @Override
        public Optional<String> ask(String prompt) {
            if (!watching) {
                return Optional.empty();
            }
            prompts.add(prompt);
            return Optional.ofNullable(lines.poll());
        }

        @Override
        public Optional<String> line() {
            return Optional.ofNullable(lines.poll());
        }
    }

    @BeforeEach
    void start() {
        cli = new Cli(folder, false);
        cli.environment.clear();
        cli.environment.put("HOME", folder.toString());
    }

    @AfterEach
    void close() {
        cli.close();
    }

    private Ended run(String... args) {
        return cli.run(args);
    }

    private String url() {
        return cli.server.uri().toString();
    }

    private Path file() {
        return folder.resolve(".config/bricklayer/config.json");
    }

    private Path keyFile(String rights) throws IOException {
        Path file = folder.resolve("key");
        Files.writeString(file, FakeServer.SECRET + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        return file;
    }

    private void assertReaches(String... args) {
        assertThat(run(args)).isEqualTo(new Ended(0, "{\"volumes\":[]}\n", ""));
    }

    @Test
    void aContextIsMadeUsedShownAndDeleted() throws IOException {
        cli.terminal = new Typist(false, FakeServer.SECRET);

        assertThat(run("context", "set", "lab", "--server", url(), "--user=admin", "--secret=-"))
                .isEqualTo(new Ended(0, "Context lab is in " + file() + ", and is used\n", ""));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertReaches("volume", "list", "--json");
        assertThat(run("context", "set", "other", "--server", NOBODY).out())
                .isEqualTo("Context other is in " + file() + "\n");
        assertThat(run("context", "list").out())
                .isEqualTo("USED  NAME   SERVER                  USER   KEY\n*     lab    " + url()
                        + "  admin  in this file\n      other  http://localhost:1\n");
        assertThat(run("context", "show").out())
                .isEqualTo("name: lab\nserver: " + url() + "\nuser: admin\nkey: in this file\n");
        assertThat(run("context", "show", "lab", "-o", "yaml").out()).startsWith("name: lab\nserver: \"http");
        assertThat(run("context", "use", "other").out()).isEqualTo("Context other is used now\n");
        assertThat(run("volume", "list").err()).contains("cannot reach " + NOBODY);
        assertReaches("volume", "list", "--json", "--context=lab");
        assertReaches("--context", "lab", "volume", "list", "--json");
        assertThat(run("context", "delete", "lab").out()).isEqualTo("Context lab deleted\n");
        assertThat(Files.readString(file())).doesNotContain(FakeServer.SECRET);
        assertThat(run("volume", "list", "--context=lab").err())
                .isEqualTo("Error: there is no context lab; there are: other\n");
    }

    @Test
    void noOutputHasTheKey() {
        run("context", "set", "lab", "--server", url(), "--user=admin", "--secret", FakeServer.SECRET);

        for (String line : List.of("context list", "context show", "context list --json", "context show -o yaml")) {
            Ended ended = run(line.split(" "));
            assertThat(ended.status()).as(line).isZero();
            assertThat(ended.out() + ended.err()).as(line).doesNotContain(FakeServer.SECRET);
        }
    }

    @Test
    void whatOthersMayReadIsRefused() throws IOException {
        run("context", "set", "lab", "--server", url(), "--user=admin", "--secret", FakeServer.SECRET);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

        assertThat(run("volume", "list"))
                .isEqualTo(new Ended(
                        1,
                        "",
                        "Error: others may read or write " + file()
                                + " (rw-r-----), so the keys in it are not used; to keep them out: chmod 600 " + file()
                                + "\n"));
        Path key = keyFile("rw----r--");
        assertThat(run("volume", "list", "--server", url(), "--user=admin", "--secret-file", key.toString())
                        .err())
                .startsWith("Error: others may read or write " + key + " (rw----r--)")
                .endsWith("chmod 600 " + key + "\n");
    }

    @Test
    void aKeyMayLieInAFile() throws IOException {
        Path key = keyFile("r--------");

        assertReaches("volume", "list", "--json", "--server", url(), "--user=admin", "--secret-file=key");
        run("context", "set", "lab", "--server", url(), "--user=admin", "--secret-file=key");
        assertThat(Files.readString(file())).contains(key.toString()).doesNotContain(FakeServer.SECRET);
        assertReaches("volume", "list", "--json");
        Files.delete(key);
        assertThat(run("volume", "list").err()).startsWith("Error: cannot read the key in " + key);
    }

    @Test
    void aKeyMayComeOnStandardInput() {
        cli.terminal = new Typist(false, FakeServer.SECRET);
        assertReaches("volume", "list", "--json", "--server", url(), "--user=admin", "--secret", "-");
        assertThat(run("volume", "list", "--server", url(), "--secret", "-").err())
                .isEqualTo("Error: no key was given\n");
    }

    @Test
    void whoeverIsThereIsAskedForAKeyThatNobodyGave() {
        Typist typist = new Typist(true, FakeServer.SECRET);
        cli.terminal = typist;
        run("context", "set", "lab", "--server", url(), "--user=admin");

        assertReaches("volume", "list", "--json");
        assertThat(typist.prompts).containsExactly("Key of admin at " + url() + ": ");
    }

    @Test
    void aNamedContextGoesBeforeVariablesAndTheseBeforeTheOneInUse() {
        run("context", "set", "nobody", "--server", NOBODY);
        run("context", "set", "lab", "--server", url(), "--user=admin", "--secret", FakeServer.SECRET);
        assertThat(run("volume", "list").err()).contains(NOBODY);

        cli.environment.put("HEKETI_CLI_SERVER", url());
        cli.environment.put("HEKETI_CLI_USER", "admin");
        cli.environment.put("HEKETI_CLI_KEY", FakeServer.SECRET);
        assertReaches("volume", "list", "--json");
        cli.environment.put("BRICKLAYER_CONTEXT", "nobody");
        assertThat(run("volume", "list").err()).contains(NOBODY);
        assertReaches("volume", "list", "--json", "--context", "lab");
        assertThat(run("volume", "list", "--context", "lab", "--server", NOBODY).err())
                .contains(NOBODY);
    }

    @Test
    void theKeyOfTheContextInUseIsNotTakenToAnotherServer() {
        run("context", "set", "lab", "--server", NOBODY, "--user=admin", "--secret", FakeServer.SECRET);

        assertThat(run("volume", "list", "--server", url()).err()).contains("status 401");
    }

    @Test
    void whatCannotBeAContextIsRefusedAndNothingIsWritten() throws IOException {
        assertThat(run("context", "set", "a b", "--server", url()).status()).isEqualTo(2);
        assertThat(run("context", "set", "lab").err()).startsWith("Error: say something of it: --server");
        assertThat(run("context", "set", "lab", "--user=admin").err())
                .startsWith("Error: a context needs the address of a server");
        assertThat(run("context", "set", "lab", "--server=here").err())
                .startsWith("Error: not the address of a server: here");
        assertThat(run("context", "use", "lab").err())
                .isEqualTo("Error: there is no context lab; to make it: bricklayer context set lab --server URL"
                        + " --user NAME --secret -\n");
        assertThat(file()).doesNotExist();
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"contexts\":{\"lab\":{\"sever\":\"x\"}}}");
        assertThat(run("volume", "list").err()).contains("unknown members /contexts/lab/sever");
        Files.writeString(file(), "buy milk");
        assertThat(run("volume", "list").err()).startsWith("Error: cannot use the contexts in " + file());
    }
}
