package bricklayer.gluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import bricklayer.captured.Answers;
import bricklayer.captured.Damage;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three nodes; v1 is started and has a snapshot, v2 was never started. */
class ClusterSeenTest {

    private static final String BRICK = "/var/lib/heketi/mounts/vg_b/brick_r1/brick";
    private static final Query<ClusterSeen> CLUSTER = new Gluster(GlusterSettings.DEFAULTS).cluster();
    private static final Answers ANSWERS = new Answers(ClusterSeenTest.class);

    @Test
    void readsVolumesProcessesPeersAndSnapshots() {
        ClusterSeen seen = read("cluster");

        assertThat(seen.volumes())
                .extracting(VolumeDetails::name, VolumeDetails::statusText)
                .containsExactly(tuple("v1", "Started"), tuple("v2", "Created"));
        assertThat(seen.processes().or(List.of()))
                .containsExactly(
                        new BrickProcess("v1", "10.77.0.1:" + BRICK, true),
                        new BrickProcess("v1", "10.77.0.2:" + BRICK, true),
                        new BrickProcess("v1", "10.77.0.3:" + BRICK, true));
        assertThat(seen.peers()).hasSize(3);
        assertThat(seen.snapshots().or(List.of()))
                .containsExactly(new SnapshotSeen(
                        "s1", "68eba660-93e0-4e0a-97b0-1d0251dca66a", "57a9bc8004cd442495d5da353058dbbc", "v1", false));
    }

    @Test
    void seesABrickThatIsDown() {
        assertThat(read("cluster-brickdown").processes().or(List.of()))
                .extracting(BrickProcess::up)
                .containsExactly(true, false, true);
    }

    @Test
    void readsAClusterWhereNothingIsStarted() {
        ClusterSeen seen = read("cluster-stopped");

        assertThat(seen.volumes()).extracting(VolumeDetails::statusText).containsExactly("Stopped", "Created");
        assertThat(seen.processes().or(List.of(new BrickProcess("?", "?", false))))
                .isEmpty();
        assertThat(seen.snapshots().or(List.of(new SnapshotSeen("?", "", "", "", false))))
                .isEmpty();
    }

    @Test
    void aNodeWithoutGlusterdKnowsNothing() {
        assertThatExceptionOfType(UnreadableAnswer.class).isThrownBy(() -> read("cluster-noglusterd"));
    }

    /** As while another command is at a volume. */
    @Test
    void whatGlusterDoesNotTellNowIsUnknown() {
        Exited whole = ANSWERS.read("cluster");
        int begin = whole.out().indexOf("[exit 0]\n") + "[exit 0]\n".length();
        int end = whole.out().indexOf("[exit 0]\n", begin);
        String busy = "<cliOutput><opRet>-1</opRet><opErrno>30800</opErrno>"
                + "<opErrstr>Another transaction is in progress for v1. Please try again after some time.</opErrstr></cliOutput>\n";

        ClusterSeen seen = CLUSTER.answer()
                .apply(new Exited(
                        0, whole.out().substring(0, begin) + busy + whole.out().substring(end), ""));

        assertThat(seen.volumes()).hasSize(2);
        assertThat(seen.processes().isKnown()).isFalse();
        assertThat(seen.processes().whyNot()).contains("Another transaction is in progress");
        assertThat(seen.snapshots().isKnown()).isTrue();
    }

    @Test
    void believesNoCutAnswer() {
        new Damage<>(CLUSTER, ANSWERS.read("cluster"), seen -> seen).cutShort(0);
    }

    private static ClusterSeen read(String answer) {
        return CLUSTER.answer().apply(ANSWERS.read(answer));
    }
}
