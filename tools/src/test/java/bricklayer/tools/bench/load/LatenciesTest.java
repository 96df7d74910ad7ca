package bricklayer.tools.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void knowsPercentilesWithinTwoPercent() {
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 100_000; i++) {
            latencies.add(i * 1_000L);
        }

        assertThat(latencies.count()).isEqualTo(100_000);
        assertThat(latencies.millis(50)).isCloseTo(50, Percentage.withPercentage(2));
        assertThat(latencies.millis(99)).isCloseTo(99, Percentage.withPercentage(2));
        assertThat(latencies.millis(100)).isEqualTo(100);
        assertThat(latencies.maxMillis()).isEqualTo(100);
        assertThat(latencies.meanMillis()).isCloseTo(50, within(0.01));
    }

    @Test
    void isZeroWithoutAny() {
        assertThat(new Latencies().millis(99)).isZero();
        assertThat(new Latencies().meanMillis()).isZero();
    }

    @Test
    void everyValueIsInAClassThatEndsNotBeforeItAndNotFarBehind() {
        for (long value :
                new long[] {0, 1, 63, 64, 127, 128, 129, 255, 256, 1_000_003, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            long upper = Latencies.upper(Latencies.classOf(value));
            assertThat(upper).isGreaterThanOrEqualTo(value);
            assertThat(upper - value).isLessThanOrEqualTo(value / 64);
        }
    }
}
