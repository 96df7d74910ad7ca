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

/** {@code topology apply} and {@code topology export}. */
class TopologyApplyTest {

    private static final String WANTED = """
            {"clusters":[{"nodes":[
              {"node":{"hostnames":{"manage":["n1"],"storage":["192.0.2.1"]},"zone":9,"tags":{"rack":"r1"}},
               "devices":["/dev/sdb",{"name":"/dev/sdc","tags":{"fast":"yes"}}]},
              {"node":{"hostnames":{"manage":["n2"],"storage":["192.0.2.99"]},"zone":2},
               "devices":[{"name":"/dev/sdb","tags":{"arbiter":"required"}}]},
              {"node":{"hostnames":{"manage":["n4"],"storage":["192.0.2.4"]},"zone":4},"devices":["/dev/sdb"]}]}]}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // threeNodes sets it
    private Cli cli;

    @BeforeEach
    void threeNodes() throws IOException {
        cli = new Cli(folder, false);
        cli.loadThreeNodes();
        Files.writeString(folder.resolve("wanted.json"), WANTED);
    }

    @AfterEach
    void close() {
        cli.close();
    }

    @Test
    void theHelpShowsAFileThatCanBeApplied() throws IOException {
        String help = cli.run("topology", "apply", "--help").out();
        String example = help.substring(help.indexOf("  {\"clusters\""), help.indexOf("]}]}") + 4);
        Files.writeString(folder.resolve("example.json"), example);

        assertThat(cli.run("topology", "apply", "--plan", "example.json").out())
                .contains("+ node node1 to cluster", "+ device /dev/sdb to node node1");
        assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void thePlanSaysWhatIsAddedWhatChangesAndWhatIsLeftAlone() {
        String cluster = cli.run("cluster", "list").id();
        int before = cli.server.seen().size();

        Ended ended = cli.run("topology", "apply", "wanted.json", "--plan");

        assertThat(ended.out())
                .isEqualTo("To change:\n  ~ node n1: zone 1 -> 9\n  ~ node n1, tags rack=r1\n"
                        + "  + device /dev/sdc to node n1, tags fast=yes\n"
                        + "  ~ device /dev/sdb of node n2, tags arbiter=required\n"
                        + "  + node n4 to cluster " + cluster + ", zone 4, storage 192.0.2.4\n"
                        + "  + device /dev/sdb to node n4\n"
                        + "Other than the file says, and not changed by this command:\n"
                        + "  ! node n2 has the storage names 192.0.2.2, in the file 192.0.2.99\n"
                        + "There, but not in the file, and left alone:\n  node n3\n");
        assertThat(ended.status()).isEqualTo(3);
        assertThat(cli.run("topology", "apply", "wanted.json", "--dry-run")).isEqualTo(ended);
        assertThat(cli.run("topology", "apply", "wanted.json", "--plan", "--output", "json")
                        .out())
                .contains("\"before\":1,\"zone\":9,\"change\":\"set-zone\"}");
        assertThat(cli.server.seen().subList(before, cli.server.seen().size()))
                .allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void itIsMadeSoOnceAndThenThereIsNothingToDo() {
        Ended ended = cli.run("topology", "apply", "wanted.json", "--yes");

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("  done\n").endsWith("Done: 6 changes.\n");
        assertThat(cli.run("node", "info", "n1").out()).contains("Zone: 9\n", "  rack: r1\n", "Name:/dev/sdc");
        assertThat(cli.run("node", "info", "n4").out()).contains("Zone: 4\n", "Name:/dev/sdb");
        assertThat(cli.run("device", "info", "n2:/dev/sdb").out()).contains("  arbiter: required\n");
        assertThat(cli.run("node", "info", "n3").status()).isZero();
        Ended again = cli.run("topology", "apply", "wanted.json", "--plan");
        assertThat(again.status()).isZero();
        assertThat(again.out()).startsWith("Nothing to change: all that the file says is so.\n");
    }

    @Test
    void whatIsThereIsExportedAsAFileThatChangesNothing() throws IOException {
        assertThat(cli.run("topology", "apply", "wanted.json", "--yes").status())
                .isZero();

        assertThat(cli.run("topology", "export", "there.json").status()).isZero();

        assertThat(cli.run("topology", "apply", "there.json", "--plan"))
                .isEqualTo(new Ended(0, "Nothing to change: all that the file says is so.\n", ""));
        assertThat(cli.run("topology", "export").out()).isEqualTo(Files.readString(folder.resolve("there.json")));
    }

    @Test
    void afterAFailureItGoesOnWithWhatIsLeft() {
        cli.server.failNext = "no route to n4";

        Ended first = cli.run("topology", "apply", "wanted.json", "--yes");

        assertThat(first.status()).isEqualTo(1);
        assertThat(first.out()).containsOnlyOnce("  refused: no route to n4\n");
        assertThat(first.err()).contains(" of 6 changes were refused, see above; give the command again");
        assertThat(cli.run("topology", "apply", "wanted.json", "--yes").status())
                .isZero();
        assertThat(cli.run("topology", "apply", "wanted.json", "--plan").status())
                .isZero();
    }

    @Test
    void aServerWithoutAnythingGetsItsClusters() throws IOException {
        try (Cli empty = new Cli(folder, false)) {
            assertThat(empty.run("topology", "apply", "wanted.json", "--plan").out())
                    .startsWith("To change:\n  + cluster new-1 for files and blocks\n  + node n1 to cluster new-1");
            assertThat(empty.run("topology", "apply", "wanted.json", "--yes").status())
                    .isZero();
            assertThat(empty.run("topology", "apply", "wanted.json", "--plan").status())
                    .isZero();
        }
    }

    @Test
    void nobodyIsChangedUnasked() {
        Ended ended = cli.run("topology", "apply", "wanted.json");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).startsWith("Error: nobody to ask; --yes makes the changes, --plan only shows them");
        assertThat(cli.run("topology", "apply", "wanted.json", "--plan").status())
                .isEqualTo(3);
    }
}
