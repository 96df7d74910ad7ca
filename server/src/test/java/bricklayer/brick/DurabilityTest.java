package bricklayer.brick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurabilityTest {

    @ParameterizedTest
    @CsvSource({
        "none,      0, 0, 0,  1, 1, 1",
        "'',        9, 9, 9,  1, 1, 1",
        "replicate, 0, 0, 0,  2, 1, 1",
        "replicate, 1, 0, 0,  1, 1, 1",
        "replicate, 2, 0, 0,  2, 1, 1",
        "replicate, 3, 0, 0,  3, 1, 2",
        "disperse,  0, 2, 1,  3, 2, 2",
        "disperse,  0, 4, 2,  6, 4, 4",
        "disperse,  0, 8, 3, 11, 8, 8",
        "disperse,  0, 8, 4, 12, 8, 8",
    })
    void knowsItsSet(String type, int replica, int data, int redundancy, int bricks, int dataBricks, int quorum) {
        Durability durability = Durability.requested(type, replica, data, redundancy, false);

        assertThat(durability.bricksPerSet()).isEqualTo(bricks);
        assertThat(durability.dataBricks()).isEqualTo(dataBricks);
        assertThat(durability.quorum()).isEqualTo(quorum);
        assertThat(durability.typeName()).isEqualTo(type.isEmpty() ? "none" : type);
        assertThat(durability.arbiter()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesOtherReplicaCounts(int replica) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> Durability.requested("replicate", replica, 0, 0, false))
                .withMessage("Invalid replica value");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 1", "2, 2", "4, 1", "8, 2", "8, 5", "-2, -1", "1, 2"})
    void refusesOtherDispersions(int data, int redundancy) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> Durability.requested("disperse", 0, data, redundancy, false))
                .withMessage("Invalid dispersion combination: " + data + "+" + redundancy);
    }

    @Test
    void refusesUnknownTypes() {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> Durability.requested("Replicate", 2, 0, 0, false))
                .withMessage("Unknown durability type");
    }

    @Test
    void anArbiterBelongsToReplica3() {
        assertThat(Durability.requested("replicate", 3, 0, 0, true)).isEqualTo(Durability.replicaWithArbiter());
        assertThat(Durability.replicaWithArbiter().arbiter()).isTrue();
        assertThat(Durability.requested("disperse", 0, 4, 2, true).arbiter()).isFalse();
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> Durability.requested("replicate", 0, 0, 0, true))
                .withMessage("An arbiter volume needs replica 3, not replica 2");
    }

    @Test
    void anArbiterBrickHasOneKiBForEachFile() {
        assertThat(ArbiterBrick.sizeKiB(64L << 20, 64)).isEqualTo(1L << 20);
        assertThat(ArbiterBrick.sizeKiB((64L << 20) + 63, 64)).isEqualTo(1L << 20);
        assertThat(ArbiterBrick.sizeKiB(1L << 20, 64)).isEqualTo(ArbiterBrick.SMALLEST_KIB);
        assertThat(ArbiterBrick.sizeKiB(1L << 20, 1)).isEqualTo(1L << 20);
        assertThat(ArbiterBrick.sizeKiB(1L << 20, 1L << 20)).isEqualTo(ArbiterBrick.SMALLEST_KIB);
        assertThatIllegalArgumentException().isThrownBy(() -> ArbiterBrick.sizeKiB(1L << 20, (1L << 20) + 1));
    }
}
