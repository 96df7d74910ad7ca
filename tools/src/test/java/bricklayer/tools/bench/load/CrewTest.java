package bricklayer.tools.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CrewTest {

    private static final Target NOBODY = new Target(URI.create("http://127.0.0.1:1"), Optional.empty());

    @Test
    void doesEachPieceOnce() {
        Set<Integer> done = ConcurrentHashMap.newKeySet();

        new Crew(NOBODY, 7)
                .each(1000, (connection, number) -> assertThat(done.add(number)).isTrue());

        assertThat(done).hasSize(1000);
    }

    @Test
    void countsTheTimeThatAPieceHadToWaitForItsTurn() {
        Latencies latencies = new Latencies();

        // one client, a piece each millisecond, and the first stands still for 200 of them
        new Crew(NOBODY, 1).atRate(1000, 200, (connection, number, intended) -> {
            if (number == 0) {
                LockSupport.parkNanos(200_000_000);
            }
            latencies.add(System.nanoTime() - intended);
        });

        // measured from when each was begun, all but one would have taken nothing
        assertThat(latencies.count()).isEqualTo(200);
        assertThat(latencies.millis(50)).isGreaterThan(90);
    }

    @Test
    void tellsTheFirstFailure() {
        assertThatThrownBy(() -> new Crew(NOBODY, 3).each(5, (connection, number) -> connection.get("/hello")))
                .isInstanceOf(LoadFailed.class)
                .hasMessageContaining("refused");
    }
}
