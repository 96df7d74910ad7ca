package bricklayer.tools.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GcLogTest {

    @Test
    void readsWhatG1Says() {
        GcLog log = GcLog.parse(List.of(
                "[0.006s] Using G1",
                "[1.500s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->5M(256M) 3.456ms",
                "[1.501s] Safepoint \"G1CollectForAllocation\", Time since last: 1 ns, Reaching safepoint: 2 ns, At safepoint: 3 ns, Leaving safepoint: 4 ns, Total: 4500000 ns, Threads: 1 runnable, 12 total",
                "[2.000s] GC(1) Concurrent Mark Cycle 12.345ms",
                "[2.100s] GC(2) Pause Remark 100M->90M(512M) 9.000ms"));

        assertThat(log.collections()).hasSize(2);
        assertThat(log.mostUsedMib()).isEqualTo(90);
        assertThat(log.lastUsedMib()).isEqualTo(90);
        assertThat(log.committedMib()).isEqualTo(512);
        assertThat(log.longestPauseMillis()).isEqualTo(4.5);
    }

    @Test
    void readsWhatZgcSays() {
        GcLog log = GcLog.parse(List.of("[3.1s] GC(0) Major Collection (Warmup) 206M(10%)->44M(2%) 0.034s"));

        assertThat(log.mostUsedMib()).isEqualTo(44);
        assertThat(log.longestPauseMillis()).isZero();
    }
}
