package bricklayer.executor.simulated;

import static bricklayer.executor.simulated.Lab.N1;
import static bricklayer.executor.simulated.Lab.N2;
import static bricklayer.executor.simulated.Lab.N3;
import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.gluster.VolumeInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedExecutorTest {

    private final Lab lab = new Lab();

    @Test
    void makesAndRemovesAVolumeAndLeavesEverythingAsItWas() {
        // given
        lab.withPool();
        var before = lab.nodes.pictures();

        // when
        lab.addVolume("v1");

        // then
        VolumeInfo info = lab.ask(N2, lab.gluster.volumeInfo("v1")).orElseThrow();
        assertThat(info.isStarted()).isTrue();
        assertThat(info.brickNames())
                .containsExactly("n1:" + Lab.brickPath("v1"), "n2:" + Lab.brickPath("v1"), "n3:" + Lab.brickPath("v1"));
        assertThat(lab.ask(N3, lab.mounts.mounted(Lab.mountPoint("v1")))).isTrue();
        assertThat(lab.ask(N3, lab.mounts.fstabHas(Lab.device("v1")))).isTrue();
        assertThat(lab.nodes.pictures()).isNotEqualTo(before);

        // when
        lab.run(N1, lab.gluster.stop("v1"), lab.gluster.delete("v1"));
        List.of(N1, N2, N3).forEach(host -> lab.removeBrick(host, "v1"));

        // then
        assertThat(lab.nodes.pictures()).isEqualTo(before);
        assertThat(lab.executor.counters().notSimulated()).isZero();
    }
}
