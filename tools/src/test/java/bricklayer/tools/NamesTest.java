package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.tools.Cli.Ended;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names stand for ids in the arguments. */
class NamesTest {

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

    private Ended run(String... args) {
        return cli.run(args);
    }

    private String volume(String name, String... more) {
        String[] args = new String[5 + more.length];
        System.arraycopy(new String[] {"volume", "create", "--size=10", "--json", "--name=" + name}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        return run(args)
                .out()
                .replaceAll("(?s).*\"id\":\"(" + Cli.ID + ")\",\"cluster\".*", "$1")
                .strip();
    }

    private String node(int n) {
        return run("node", "list", "-o", "template={range .nodes[*]}{.hostnames.manage} {.id}\\n{end}")
                .out()
                .replaceAll("(?s).*n" + n + " (" + Cli.ID + ").*", "$1");
    }

    @Test
    void volumesAreFoundByName() {
        String id = volume("data");
        volume("other");

        assertThat(run("volume", "info", "data")).isEqualTo(run("volume", "info", id));
        assertThat(run("volume", "expand", "data", "--expand-size=5").out()).contains("\nSize: 15\n");
        assertThat(run("volume", "expand", "--volume=data", "--expand-size=5").out())
                .contains("\nSize: 20\n");
        assertThat(run("volume", "endpoint", "patch", "data").out()).startsWith("{\"subsets\"");
        assertThat(run("volume", "clone", "data", "--name=copy").out()).startsWith("Name: copy\n");
        assertThat(run("volume", "delete", "data").out()).isEqualTo("Volume " + id + " deleted\n");
        assertThat(run("volume", "info", id).status()).isEqualTo(1);
    }

    @Test
    void blockVolumesAreFoundByName() {
        volume("host", "--block");
        run("blockvolume", "create", "--size=2", "--name=disk");

        assertThat(run("blockvolume", "expand", "disk", "--new-size=3").out()).contains("Name: disk\nSize: 3\n");
        assertThat(run("blockvolume", "info", "disk").out()).contains("Name: disk\nSize: 3\n");
        assertThat(run("volume", "set-block-hosting-restriction", "locked", "host")
                        .out())
                .contains("Restriction: locked");
        assertThat(run("blockvolume", "delete", "disk").status()).isZero();
    }

    @Test
    void nodesAreFoundByEachOfTheirHostNames() {
        String id = node(2);

        assertThat(run("node", "info", "n2")).isEqualTo(run("node", "info", id));
        assertThat(run("node", "info", "192.0.2.2")).isEqualTo(run("node", "info", id));
        assertThat(run("node", "disable", "n2").out()).isEqualTo("Node " + id + " is now offline\n");
        assertThat(run("node", "settags", "n2", "rack:r1").status()).isZero();
        assertThat(run("node", "info", id).out()).contains("rack: r1");
        assertThat(run("node", "rmtags", "n2", "rack").status()).isZero();
        assertThat(run("device", "add", "--node=n2", "--name=/dev/sdc").out()).isEqualTo("Device added successfully\n");
    }

    @Test
    void devicesAreFoundByNodeAndPathOrAPathThatThereIsOnce() {
        run("device", "add", "--node=n3", "--name=/dev/sdz");

        String once = run("device", "info", "/dev/sdz").out();
        assertThat(once).contains("Create Path: /dev/sdz");
        assertThat(run("device", "info", "n3:/dev/sdz").out()).isEqualTo(once);
        assertThat(run("device", "info", "192.0.2.3:/dev/sdz").out()).isEqualTo(once);
        assertThat(run("device", "info", node(3) + ":/dev/sdz").out()).isEqualTo(once);
        assertThat(run("device", "disable", "n3:/dev/sdz").out()).endsWith(" is now offline\n");
        assertThat(run("device", "resync", "n3:/dev/sdz").out()).endsWith(" updated\n");
    }

    @Test
    void bricksAreFoundByNodeAndPath() {
        volume("data");
        String place = run("volume", "info", "data", "-o", "template={range .bricks[0]}{.node}:{.path}{end}")
                .out()
                .strip();

        assertThat(run("brick", "evict", place).out()).matches("Brick " + Cli.ID + " evicted\n");
    }

    @Test
    void aNameOfSeveralIsRefusedWithAListOfThem() {
        Ended ended = run("device", "info", "/dev/sdb");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err())
                .matches("Error: 3 devices are called /dev/sdb; give the id of the one you mean:\n"
                        + "  ID  n1:/dev/sdb\n  ID  n2:/dev/sdb\n  ID  n3:/dev/sdb\n".replace("ID", Cli.ID));
    }

    @Test
    void aNameOfNothingIsRefusedWithWhereToLook() {
        assertThat(run("volume", "delete", "nothing"))
                .isEqualTo(new Ended(
                        1, "", "Error: no volume is called nothing; to see what there is: bricklayer volume list\n"));
        assertThat(run("node", "info", "n9").err()).startsWith("Error: no node is called n9; ");
        assertThat(run("device", "info", "n1:/dev/none").err()).startsWith("Error: no device is called n1:/dev/none; ");
        assertThat(run("brick", "evict", "n1:/none").err()).startsWith("Error: no brick is called n1:/none; ");
    }

    @Test
    void whatLooksLikeAnIdIsOneAndNothingElseIsAsked() {
        String id = volume("data");
        String other = volume(id);
        assertThat(other).isNotEqualTo(id);

        assertThat(run("volume", "info", id).out()).startsWith("Name: data\n");
        assertThat(run("volume", "info", "f".repeat(32)).err()).contains("GET /volumes/" + "f".repeat(32));
    }

    @Test
    void byTheNameOfHeketiOnlyIdsAreTaken() throws IOException {
        try (Cli heketi = new Cli(folder, true)) {
            heketi.loadThreeNodes();
            heketi.run("volume", "create", "--size=1", "--name=data");

            assertThat(heketi.run("volume", "info", "data")).isEqualTo(new Ended(255, "", "Error: Id not found\n"));
        }
    }
}
