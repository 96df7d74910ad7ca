package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.client.FakeServer;
import bricklayer.tools.Cli.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --curl} shows what would be sent, and never the key. */
class CurlTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // start sets it
    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        cli = new Cli(folder, false);
        cli.loadThreeNodes();
    }

    @AfterEach
    void close() {
        cli.close();
    }

    @Test
    void aChangeIsShownAndNotSent() {
        Ended ended = cli.run("volume", "create", "--size=10", "--name=it's", "--curl");

        assertThat(ended.status()).isZero();
        assertThat(ended.out())
                .matches("curl -X POST -H \"Authorization: bearer \\$\\(bricklayer token POST /volumes\\)\""
                        + " -H 'Idempotency-Key: [0-9a-f]{32}' -H 'Content-Type: application/json'"
                        + " -d '\\{\"size\":10,\"name\":\"it'\\\\''s\",.*}' " + cli.server.uri() + "/volumes\n");
        assertThat(ended.err()).startsWith("It was not sent.");
        assertThat(ended.out() + ended.err()).doesNotContain(FakeServer.SECRET);
        assertThat(cli.run("volume", "list", "--json").out()).isEqualTo("{\"volumes\":[]}\n");
    }

    @Test
    void whatAsksIsSentForTheSakeOfWhatFollows() {
        cli.run("volume", "create", "--size=10", "--name=data");
        String id = cli.run("volume", "list").id();

        assertThat(cli.run("volume", "delete", "data", "--curl").out().lines())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("curl -X DELETE ")
                .endsWith("/volumes/" + id);
        assertThat(cli.run("volume", "info", id, "--curl").out())
                .isEqualTo("curl -H \"Authorization: bearer $(bricklayer token GET /volumes/" + id + ")\" "
                        + cli.server.uri() + "/volumes/" + id + "\n");
    }

    @Test
    void aRequestThatLooksLikeAReadAndIsNoneIsNotSent() {
        assertThat(cli.run("device", "resync", "n1:/dev/sdb", "--curl").out().lines())
                .last()
                .asString()
                .contains("Idempotency-Key")
                .endsWith("/resync");
    }

    @Test
    void whoNeedsNoKeyGetsNoToken() {
        cli.environment.remove("HEKETI_CLI_USER");
        cli.environment.remove("HEKETI_CLI_KEY");

        assertThat(cli.run("cluster", "create", "--curl", "-I").out())
                .startsWith("curl -k -X POST -H 'Idempotency-Key")
                .doesNotContain("Authorization");
    }

    @Test
    void ofAnAppliedTopologyEachRequestIsShown() throws IOException {
        Files.writeString(folder.resolve("more.json"), """
                {"clusters":[{"nodes":[
                  {"node":{"hostnames":{"manage":["n1"],"storage":["192.0.2.1"]},"zone":7},"devices":["/dev/sdb","/dev/sdc"]},
                  {"node":{"hostnames":{"manage":["n4"],"storage":["192.0.2.4"]},"zone":4},"devices":["/dev/sdb"]}]}]}
                """);

        Ended ended = cli.run("topology", "apply", "more.json", "--curl");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out().lines().filter(line -> line.contains("-X POST")))
                .hasSize(4)
                .anyMatch(line -> line.endsWith("/zone"))
                .anyMatch(line -> line.contains("\"n4\"") && line.endsWith("/nodes"))
                .anyMatch(line -> line.contains("/dev/sdc") && line.matches(".*\"node\":\"" + Cli.ID + "\".*"))
                .anyMatch(line -> line.contains("\"node\":\"n4\"") && line.endsWith("/devices"));
        assertThat(ended.err()).startsWith("Changes: 4, not sent.");
        assertThat(cli.run("node", "list").out()).doesNotContain("n4");
    }

    @Test
    void eventsAreLeftToCurl() {
        String token = "-H \"Authorization: bearer $(bricklayer token GET /events)\" ";

        assertThat(cli.run("events", "--follow", "--kind", "volume", "--curl"))
                .isEqualTo(new Ended(0, "curl -N " + token + "'" + cli.server.uri() + "/events?kind=volume'\n", ""));
        assertThat(cli.run("events", "--after", "61.1-9f3ac01b", "--curl").out())
                .isEqualTo("curl -N " + token + "'" + cli.server.uri() + "/events?follow=false&after=61.1-9f3ac01b'\n");
    }
}
