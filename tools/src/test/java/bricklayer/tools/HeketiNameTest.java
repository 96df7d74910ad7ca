package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.tools.Cli.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Called by the name of heketi-cli the program ends and prints as scripts written for that expect. */
class HeketiNameTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // start sets it
    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(folder, true);
    }

    @AfterEach
    void close() {
        cli.close();
    }

    @Test
    void everyErrorIsStatus255AndTheServersWordsAlone() {
        assertThat(cli.run("volume", "info", "beef")).isEqualTo(new Ended(255, "", "Error: Id not found\n"));
        assertThat(cli.run("volume", "info")).isEqualTo(new Ended(255, "", "Error: Volume id missing\n"));
        assertThat(cli.run("volume", "list", "--frobnicate").status()).isEqualTo(255);
        assertThat(cli.run("frobnicate").status()).isEqualTo(255);
        cli.server.close();
        assertThat(cli.run("volume", "list").status()).isEqualTo(255);
    }

    @Test
    void groupsAnswerWithTheirHelpToNoneAndToUnknownCommands() {
        for (String line : new String[] {"volume", "volume frobnicate", "server", "server frobnicate", "topology"}) {
            Ended ended = cli.run(line.split(" "));

            assertThat(ended.status()).as(line).isZero();
            assertThat(ended.out())
                    .as(line)
                    .contains("Usage: heketi-cli " + line.substring(0, (line + " ").indexOf(' ')));
            assertThat(ended.err()).as(line).isEmpty();
        }
    }

    @Test
    void jsonHasNoNewlineAtItsEnd() throws IOException {
        cli.loadThreeNodes();
        String volume = cli.run("volume", "create", "--size=1", "--json").id();

        assertThat(cli.run("volume", "list", "--json").out()).isEqualTo("{\"volumes\":[\"" + volume + "\"]}");
        assertThat(cli.run("volume", "endpoint", "patch", volume).out()).endsWith("]}");
        assertThat(cli.run("db", "check").out()).isEqualTo(cli.server.service.check);
        assertThat(cli.run("topology", "info", "--json").out()).endsWith("]}");
    }

    @Test
    void aTopologyLoadedInPartIsStatusZero() throws IOException {
        Files.writeString(
                folder.resolve("bad.json"),
                "{\"clusters\":[{\"nodes\":[{\"node\":{\"hostnames\":{\"manage\":[\"n1\"],\"storage\":[\"s\"]}}}]}]}");

        Ended ended = cli.run("topology", "load", "--json=bad.json");

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("Unable to create node: ");
        assertThat(cli.run("topology", "load", "--json=none.json").status()).isEqualTo(255);
    }

    @Test
    void theVersionIsUnderThatName() {
        assertThat(cli.run("--version").out()).matches("heketi-cli \\S.*\n");
    }
}
