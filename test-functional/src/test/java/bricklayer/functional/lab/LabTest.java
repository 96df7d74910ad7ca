package bricklayer.functional.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the lab does what tests rely on. */
@Tag("lab")
@Timeout(600)
class LabTest {

    private static Lab lab;

    @BeforeAll
    static void attach() {
        lab = Lab.attach();
    }

    @Test
    void bringsBackTheDisksThatAPreparationLeft() {
        String state = "lab-test-" + ProcessHandle.current().pid();
        lab.restoreOrPrepare(state, () -> lab.nodes().forEach(node -> node.check("echo prepared >/root/mark")));
        lab.nodes().forEach(node -> node.check("echo changed >/root/mark"));

        lab.restoreOrPrepare(state, () -> {
            throw new AssertionError("prepared already");
        });

        assertThat(lab.nodes())
                .allSatisfy(node -> assertThat(node.check("cat /root/mark")).isEqualTo("prepared\n"));
        lab.forget(state);
        lab.reset();
        assertThat(lab.nodes())
                .allSatisfy(node ->
                        assertThat(node.run("test -e /root/mark").status()).isEqualTo(1));
    }

    @Test
    void aPowerCutKeepsWhatWasWrittenBackAndTakesTheRest() {
        LabNode node = lab.node(1);
        node.check("echo kept >/root/kept; sync; echo lost >/root/lost");

        node.kill();
        node.start();

        assertThat(node.check("cat /root/kept")).isEqualTo("kept\n");
        assertThat(node.run("cat /root/lost").out()).isEmpty();
    }

    @Test
    void tellsWhatATopologyFileNeeds() {
        assertThat(lab.topology(2, 1).replaceAll("\\s+", "")).isEqualTo("""
                        {"clusters":[{"nodes":[\
                        {"node":{"hostnames":{"manage":["127.0.1.1"],"storage":["10.77.0.1"]},"zone":1},"devices":["/dev/vdb"]},\
                        {"node":{"hostnames":{"manage":["127.0.1.2"],"storage":["10.77.0.2"]},"zone":2},"devices":["/dev/vdb"]}\
                        ]}]}""");
    }
}
