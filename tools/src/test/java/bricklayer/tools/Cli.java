package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.client.FakeServer;
import bricklayer.client.TestTime;
import bricklayer.client.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** The command line, run in this process against a server with a memory. */
final class Cli implements AutoCloseable {

    static final String ID = "[0-9a-f]{32}";

    final TestTime time = new TestTime();
    final FakeServer server = new FakeServer(time);
    final Map<String, String> environment = new HashMap<>();
    private final Path folder;
    private final boolean asHeketi;
    Terminal terminal = Terminal.NONE;
    private long seed = 1;

    record Ended(int status, String out, String err) {

        /** The first word of the output that looks like an id. */
        String id() {
            return ids().stream().findFirst().orElseThrow(() -> new AssertionError("no id in: " + out + err));
        }

        List<String> ids() {
            return Pattern.compile(ID)
                    .matcher(out)
                    .results()
                    .map(MatchResult::group)
                    .toList();
        }
    }

    Cli(Path folder, boolean asHeketi) {
        this.folder = folder;
        this.asHeketi = asHeketi;
        environment.put("HEKETI_CLI_SERVER", server.uri().toString());
        environment.put("HEKETI_CLI_USER", "admin");
        environment.put("HEKETI_CLI_KEY", FakeServer.SECRET);
    }

    @Override
    public void close() {
        server.close();
    }

    Ended run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(surroundings(new PrintWriter(out, true), new PrintWriter(err, true)), args);
        return new Ended(status, out.toString(), err.toString());
    }

    CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return Main.commandLine(surroundings(out, err));
    }

    private Surroundings surroundings(PrintWriter out, PrintWriter err) {
        return new Surroundings(
                environment, folder, "", asHeketi, terminal, out, err, time, new SplittableRandom(seed++));
    }

    /** A command that this server has no part in; what it prints is added to what is there. */
    static int run(Path folder, Map<String, String> environment, StringWriter out, StringWriter err, String... args) {
        return Main.run(
                new Surroundings(
                        environment,
                        folder,
                        "",
                        false,
                        Terminal.NONE,
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        TimeSource.SYSTEM,
                        new SplittableRandom(System.nanoTime())),
                args);
    }

    void loadThreeNodes() throws IOException {
        Files.writeString(folder.resolve("topology.json"), """
                {"clusters":[{"nodes":[
                  {"node":{"hostnames":{"manage":["n1"],"storage":["192.0.2.1"]},"zone":1},"devices":["/dev/sdb"]},
                  {"node":{"hostnames":{"manage":["n2"],"storage":["192.0.2.2"]},"zone":2},"devices":["/dev/sdb"]},
                  {"node":{"hostnames":{"manage":["n3"],"storage":["192.0.2.3"]},"zone":3},"devices":["/dev/sdb"]}]}]}
                """);
        assertThat(run("topology", "load", "--json=topology.json").status()).isZero();
    }
}
