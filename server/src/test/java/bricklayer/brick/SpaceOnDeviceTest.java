package bricklayer.brick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceOnDeviceTest {

    private static final long EXTENT = 4096;

    /** The figures are those of running Heketi servers. */
    @ParameterizedTest
    @CsvSource({
        "   1, 1,      1048576,     8192,    1056768",
        "  10, 1,     10485760,    53248,   10539008",
        " 100, 1,    104857600,   524288,  105381888",
        " 100, 1.5,  157286400,   786432,  158072832",
        " 100, 1.1,  115347456,   577536,  115924992",
        " 500, 1,    524288000,  2621440,  526909440",
        "4096, 1,   4294967296, 16777216, 4311744512",
    })
    void countsAsHeketiDoes(long brickGiB, float factor, long pool, long metadata, long total) {
        SpaceOnDevice space = SpaceOnDevice.of(brickGiB << 20, factor, EXTENT);

        assertThat(space).isEqualTo(new SpaceOnDevice(brickGiB << 20, pool, metadata));
        assertThat(space.totalKiB()).isEqualTo(total);
    }

    @Test
    void aDeviceMustHaveMoreThanTheBrickTakes() {
        SpaceOnDevice space = SpaceOnDevice.of(10L << 20, 1, EXTENT);

        assertThat(space.fitsIn(10539008)).isFalse();
        assertThat(space.fitsIn(10539009)).isTrue();
    }

    @Test
    void nineBricksOf10GiBFitA100GiBDevice() {
        SpaceOnDevice space = SpaceOnDevice.of(10L << 20, 1, EXTENT);
        long free = 100L << 20;
        int bricks = 0;
        while (space.fitsIn(free)) {
            free -= space.totalKiB();
            bricks++;
        }

        assertThat(bricks).isEqualTo(9);
    }

    @Test
    void poolAndMetadataAreWholeExtentsAndNotSmallerThanAsked() {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long brick = 1 + random.nextLong(1L << 42);
            float factor = 1 + random.nextFloat() * 99;
            long extent = 1L << random.nextInt(20);
            SpaceOnDevice space = SpaceOnDevice.of(brick, factor, extent);

            assertThat(space.poolKiB()).as("seed %d", seed).isGreaterThanOrEqualTo(brick);
            assertThat(space.poolKiB() % extent).isZero();
            assertThat(space.metadataKiB() % extent).isZero();
            assertThat(space.metadataKiB()).isLessThan((16L << 20) + extent);
        }
    }

    @Test
    void refusesWhatIsNotASize() {
        assertThatIllegalArgumentException().isThrownBy(() -> SpaceOnDevice.of(0, 1, EXTENT));
        assertThatIllegalArgumentException().isThrownBy(() -> SpaceOnDevice.of(1, 0.5f, EXTENT));
        assertThatIllegalArgumentException().isThrownBy(() -> SpaceOnDevice.of(1, Float.NaN, EXTENT));
        assertThatIllegalArgumentException().isThrownBy(() -> SpaceOnDevice.of(1, 1, 0));
    }
}
