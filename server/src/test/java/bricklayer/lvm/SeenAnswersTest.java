package bricklayer.lvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bricklayer.captured.Answers;
import bricklayer.captured.Damage;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.UnreadableAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All groups and all volumes of a node with two bricks, one of which has a snapshot. */
class SeenAnswersTest {

    private static final Lvm LVM = new Lvm(LvmSettings.DEFAULTS);
    private static final Answers ANSWERS = new Answers(SeenAnswersTest.class);

    @Test
    void readsGroupsWithTheirDevices() {
        assertThat(LVM.groups().answer().apply(ANSWERS.read("groups")))
                .isEqualTo(new GroupsSeen(
                        List.of(new PvSeen(
                                "/dev/vdb",
                                "XXLtoV-VSaN-NphX-O7GL-Pc4Z-Uv1C-AxWus0",
                                "vg_b",
                                20_836_352,
                                18_698_240,
                                false)),
                        List.of(new VgSeen(
                                "vg_b",
                                "95zARq-HRoQ-hLRN-uIB2-EXoC-WfGv-bwcfVT",
                                20_836_352,
                                18_698_240,
                                4096,
                                List.of("bricklayer.cluster=c1", "bricklayer.node=n1")))));
    }

    @Test
    void readsVolumesPoolsAndSnapshots() {
        List<LvSeen> volumes = LVM.everyVolume().answer().apply(ANSWERS.read("volumes"));

        assertThat(volumes)
                .extracting(LvSeen::path)
                .containsExactly(
                        "vg_b/57a9bc8004cd442495d5da353058dbbc_0",
                        "vg_b/brick_r1",
                        "vg_b/brick_r2",
                        "vg_b/tp_r1",
                        "vg_b/tp_r2");
        assertThat(volumes.getFirst().origin()).isEqualTo("brick_r1");
        assertThat(volumes.getFirst().pool()).isEqualTo("tp_r1");
        assertThat(volumes.get(3))
                .isEqualTo(new LvSeen(
                        "vg_b",
                        "tp_r1",
                        "et7fSu-hw89-nTKD-PikT-Vo7C-RaVH-RgyyR4",
                        "twi-aotz--",
                        "",
                        "",
                        1_056_768,
                        8192,
                        "6.66",
                        "10.69",
                        List.of("bricklayer.brick=r1", "bricklayer.position=0")));
        assertThat(volumes).filteredOn(LvSeen::isThinPool).hasSize(2);
        assertThat(volumes).allMatch(LvSeen::isActive);
    }

    @Test
    void believesNoCutAnswer() {
        new Damage<>(LVM.groups(), ANSWERS.read("groups"), seen -> seen).cutShort(0);
        new Damage<>(LVM.everyVolume(), ANSWERS.read("volumes"), seen -> seen).cutShort(0);
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> LVM.groups().answer().apply(new Exited(5, "", "  no lock\n")));
    }
}
