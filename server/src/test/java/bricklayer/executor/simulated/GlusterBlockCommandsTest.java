package bricklayer.executor.simulated;

import static bricklayer.executor.simulated.Lab.N1;
import static bricklayer.executor.simulated.Lab.N2;
import static bricklayer.executor.simulated.Lab.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.glusterblock.BlockInfo;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.Command;
import bricklayer.host.HostFailure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts are those of gluster-block 0.5's source. A hosting volume here holds 3 GiB, less a little. */
class GlusterBlockCommandsTest {

    private static final List<String> HOSTS = List.of("n1", "n2", "n3");

    private final GlusterBlock block = new GlusterBlock(GlusterBlockSettings.DEFAULTS);
    private final Lab lab = hosting(new Lab());

    private static Lab hosting(Lab lab) {
        lab.withPool().addVolume("host");
        lab.run(N1, lab.gluster.addBricks("host", lab.addBricks("b")));
        lab.run(N1, lab.gluster.addBricks("host", lab.addBricks("c")));
        return lab;
    }

    private BlockInfo info(String name) {
        return lab.ask(N3, block.info("host", name)).orElseThrow();
    }

    private String refusal(int status, Command command) {
        return lab.refused(N1, status, command).out().strip();
    }

    @Test
    void aBlockVolumeIsMadeShownAndDeleted() {
        lab.run(N1, block.create("host", "b1", false, HOSTS, 1));

        assertThat(info("b1").exportedOn()).containsExactly("n1", "n2", "n3");
        assertThat(info("b1").hasSize(1)).isTrue();
        assertThat(info("b1").password()).isEmpty();
        assertThat(lab.ask(N2, block.list("host"))).containsExactly("b1");

        lab.run(N2, block.delete("host", "b1"));
        assertThat(lab.ask(N1, block.info("host", "b1"))).isEmpty();
        assertThat(refusal(2, block.delete("host", "b1"))).contains("block host/b1 doesn't exist");
    }

    @Test
    void withAuthItHasAPasswordThatNoPictureShows() {
        lab.run(N1, block.create("host", "b1", true, HOSTS, 1));

        String password = info("b1").password();
        assertThat(password).hasSize(36);
        assertThat(lab.nodes.picture(N1)).contains("block host/b1 1GiB auth").doesNotContain(password);
    }

    @Test
    void refusesWhatARealOneRefuses() {
        lab.run(N1, block.create("host", "b1", false, HOSTS, 1));

        assertThat(refusal(17, block.create("host", "b1", false, HOSTS, 1))).contains("'b1' already EXIST");
        assertThat(refusal(2, block.create("nope", "b2", false, HOSTS, 1))).contains("Volume nope does not exist");
        assertThat(refusal(28, block.create("host", "b2", false, HOSTS, 2))).contains("Low space on the volume host");
        assertThat(refusal(28, block.resize("host", "b1", 3))).contains("Low space on the volume host");
        assertThat(lab.refused(
                                N1,
                                19,
                                "gluster-block",
                                "create",
                                "host/b2",
                                "ha",
                                "3",
                                "auth",
                                "disable",
                                "prealloc",
                                "full",
                                "n1,n2",
                                "1GiB",
                                "--json")
                        .out())
                .contains("multipath req: 3 > block-hosts: n1,n2");
        lab.nodes.cutPower(N3);
        assertThat(refusal(255, block.create("host", "b2", false, HOSTS, 1))).contains("failed to configure on n3");
        assertThat(refusal(255, block.delete("host", "b1"))).contains("failed to delete config on n3");
        lab.run(N1, lab.gluster.stop("host"));
        assertThat(refusal(5, block.delete("host", "b1"))).contains("Check if volume host is operational");
        lab.nodes.stopGlusterd(N1);
        assertThatThrownBy(() -> lab.ask(N1, block.info("host", "b1"))).isInstanceOf(HostFailure.class);
    }

    @Test
    void aHostThatCannotResizeFallsBehindAndCatchesUp() {
        lab.run(N1, block.create("host", "b1", false, HOSTS, 1));
        lab.nodes.failBlockResizes(N2, true);

        assertThat(refusal(255, block.resize("host", "b1", 2)))
                .contains("\"FAILED ON\":[\"n2\"]", "\"RESULT\":\"FAIL\"");
        assertThat(info("b1").hasSize(2)).isTrue();
        assertThat(info("b1").usableGiB(1, 2)).isEqualTo(1);
        assertThat(refusal(255, block.resize("host", "b1", 1))).contains("Shrink size ?");

        lab.nodes.failBlockResizes(N2, false);
        lab.run(N3, block.resize("host", "b1", 2));
        assertThat(info("b1").usableGiB(1, 2)).isEqualTo(2);
        assertThat(refusal(255, block.resize("host", "b1", 2))).contains("is same as current size");
        assertThat(lab.ask(N1, block.isLargerThan("host", "b1", 2))).isFalse();
        assertThat(lab.ask(N1, block.isLargerThan("host", "b1", 1))).isTrue();
    }

    @Test
    void blockVolumesGoWithTheirHostingVolumeAndOutliveTheProcess(@TempDir Path folder) {
        try (Lab first = hosting(new Lab(SimulatedNodes.in(folder, SimulatedSettings.DEFAULTS)))) {
            first.run(N1, block.create("host", "b1", true, HOSTS, 1));
        }
        try (Lab later = new Lab(SimulatedNodes.in(folder, SimulatedSettings.DEFAULTS))) {
            assertThat(later.ask(N2, block.info("host", "b1")).orElseThrow().isWhole())
                    .isTrue();
            later.run(N1, later.gluster.stop("host"), later.gluster.delete("host"));
            assertThat(later.ask(N1, block.list("host"))).isEmpty();
            assertThat(later.nodes.picture(N1)).doesNotContain("block host/b1");
        }
    }
}
