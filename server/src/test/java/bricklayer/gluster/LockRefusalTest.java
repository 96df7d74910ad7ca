package bricklayer.gluster;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.captured.Answers;
import bricklayer.host.CommandResult.Exited;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockRefusalTest {

    private static final Answers ANSWERS = new Answers(LockRefusalTest.class);

    @ParameterizedTest
    @ValueSource(strings = {"busy-volume", "busy-cluster"})
    void knowsWhatNodesSaid(String answer) {
        assertThat(Gluster.isTransient(ANSWERS.read(answer))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume start: v1: failed: Another transaction could be in progress. Please try again after some time.",
                "volume start: v1: failed: Locking failed on 10.77.0.2. Please check log file for details.",
                "volume stop: v1: failed: Locking failed on n2. Error: busy\nLocking failed on n3. Error: busy",
            })
    void knowsRefusedLocks(String said) {
        assertThat(Gluster.isTransient(new Exited(1, "", said))).isTrue();
        assertThat(Gluster.isTransient(new Exited(1, said, ""))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Error : Request timed out",
                "volume start: v1: failed: Volume v1 already started",
                "volume start: v1: failed: Unlocking failed on 10.77.0.2. Please check log file for details.",
                "volume start: v1: failed: Commit failed on n2. Error: Another transaction is in progress",
                "volume start: v1: failed: Commit failed on n2. Error: x\nLocking failed on n3. Error: y",
            })
    void takesNothingElseForARefusal(String said) {
        assertThat(Gluster.isTransient(new Exited(1, "", said))).isFalse();
    }

    @Test
    void takesNoSuccessAndNoHalfAnswerForARefusal() {
        String said = ANSWERS.read("busy-volume").err();

        assertThat(Gluster.isTransient(new Exited(0, said, ""))).isFalse();
        assertThat(Gluster.isTransient(new Exited(1, "", said, true))).isFalse();
        assertThat(Gluster.isTransient(ANSWERS.read("already-started"))).isFalse();
    }
}
