package bricklayer.brick;

import static bricklayer.brick.BrickSetSizes.Stop.MAX_BRICKS;
import static bricklayer.brick.BrickSetSizes.Stop.MIN_BRICK_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bricklayer.brick.BrickSetSizes.Candidate;
import org.junit.jupiter.api.Test;

class BrickSetSizesTest {

    private static final long GIB = SizeLimits.KIB_PER_GIB;
    private static final SizeLimits MANY_BRICKS = SizeLimits.ofGiB(1, 4096, 1000);

    @Test
    void halvesUntilBricksAreTooSmall() {
        BrickSetSizes sizes = BrickSetSizes.of(100 * GIB, Durability.replica(2), MANY_BRICKS, 0);

        assertThat(sizes.candidates())
                .containsExactly(
                        new Candidate(1, 100 * GIB),
                        new Candidate(2, 50 * GIB),
                        new Candidate(4, 25 * GIB),
                        new Candidate(8, 25 * GIB / 2),
                        new Candidate(16, 25 * GIB / 4),
                        new Candidate(32, 25 * GIB / 8),
                        new Candidate(64, 25 * GIB / 16));
        assertThat(sizes.stop()).isEqualTo(MIN_BRICK_SIZE);
    }

    @Test
    void stopsAtTheMostBricksAVolumeMayHave() {
        BrickSetSizes sizes = BrickSetSizes.of(100 * GIB, Durability.replica(2), SizeLimits.DEFAULTS, 0);

        assertThat(sizes.candidates()).last().isEqualTo(new Candidate(16, 25 * GIB / 4));
        assertThat(sizes.stop()).isEqualTo(MAX_BRICKS);
    }

    @Test
    void existingBricksCountToo() {
        BrickSetSizes sizes = BrickSetSizes.of(100 * GIB, Durability.replica(2), SizeLimits.DEFAULTS, 29);

        assertThat(sizes.candidates()).containsExactly(new Candidate(1, 100 * GIB));
        assertThat(sizes.stop()).isEqualTo(MAX_BRICKS);
    }

    @Test
    void aVeryLargeVolumeHasNoCandidateAtAll() {
        BrickSetSizes sizes = BrickSetSizes.of(100 * 1024 * GIB, Durability.replica(3), SizeLimits.DEFAULTS, 0);

        assertThat(sizes.candidates()).isEmpty();
        assertThat(sizes.stop()).isEqualTo(MAX_BRICKS);
        assertThat(BrickSetSizes.of(100 * 1024 * GIB, Durability.replica(3), MANY_BRICKS, 0)
                        .candidates())
                .first()
                .isEqualTo(new Candidate(32, 3200 * GIB));
    }

    @Test
    void dispersedBricksAreAPartOfTheirSet() {
        BrickSetSizes sizes = BrickSetSizes.of(200 * GIB, Durability.disperse(8, 3), MANY_BRICKS, 0);

        assertThat(sizes.candidates())
                .containsExactly(
                        new Candidate(1, 25 * GIB),
                        new Candidate(2, 25 * GIB / 2),
                        new Candidate(4, 25 * GIB / 4),
                        new Candidate(8, 25 * GIB / 8),
                        new Candidate(16, 25 * GIB / 16));
        assertThat(sizes.stop()).isEqualTo(MIN_BRICK_SIZE);
    }

    @Test
    void aVolumeBelowTheSmallestBrickHasNoCandidate() {
        BrickSetSizes sizes = BrickSetSizes.of(GIB, Durability.disperse(4, 2), SizeLimits.DEFAULTS, 0);

        assertThat(sizes.candidates()).isEmpty();
        assertThat(sizes.stop()).isEqualTo(MIN_BRICK_SIZE);
        assertThat(SizeLimits.DEFAULTS.minVolumeKiB(Durability.disperse(4, 2))).isEqualTo(4 * GIB);
        assertThat(SizeLimits.DEFAULTS.minVolumeKiB(Durability.replica(3))).isEqualTo(GIB);
    }

    @Test
    void roundsBricksDownAsHeketiDoes() {
        assertThat(BrickSetSizes.of(7 * GIB, Durability.disperse(4, 2), SizeLimits.DEFAULTS, 0)
                        .candidates())
                .containsExactly(new Candidate(1, 7 * GIB / 4));
        assertThat(BrickSetSizes.of(1001, Durability.disperse(2, 1), new SizeLimits(100, 1000, 12), 0)
                        .candidates())
                .containsExactly(new Candidate(1, 500), new Candidate(2, 250), new Candidate(4, 125));
    }

    @Test
    void theLargestVolumeThatCanBeAskedForEnds() {
        BrickSetSizes sizes = BrickSetSizes.of(
                Integer.MAX_VALUE * GIB, Durability.distribute(), new SizeLimits(1, 1, Integer.MAX_VALUE), 0);

        assertThat(sizes.candidates()).isEmpty();
        assertThat(sizes.stop()).isEqualTo(MAX_BRICKS);
    }

    @Test
    void limitsThatAllowNothingAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SizeLimits.ofGiB(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SizeLimits.ofGiB(2, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SizeLimits.ofGiB(1, 1, 0));
    }
}
