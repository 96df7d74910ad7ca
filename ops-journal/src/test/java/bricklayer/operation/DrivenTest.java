package bricklayer.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits for the end of an operation hears of it, and never waits for what nobody drives. */
class DrivenTest {

    private static final OperationId ID = new OperationId("0a".repeat(16));
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Driven driven = new Driven();

    private CompletableFuture<Void> waiting(Duration most) {
        return CompletableFuture.runAsync(() -> {
            try {
                driven.awaitRelease(ID, most);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void ends(CompletableFuture<Void> wait) {
        assertThat(wait.orTimeout(1, TimeUnit.MINUTES)).succeedsWithin(Duration.ofMinutes(2));
    }

    @Test
    void whatNobodyDrivesIsNotWaitedFor() {
        ends(waiting(LONG));
        driven.claim(ID, new Progress());
        driven.release(ID);
        ends(waiting(LONG));
    }

    @Test
    void theEndWakesAllWhoWait() {
        driven.claim(ID, new Progress());
        CompletableFuture<Void> one = waiting(LONG);
        CompletableFuture<Void> other = waiting(LONG);
        assertThat(one).isNotDone();
        driven.release(ID);
        ends(one);
        ends(other);
    }

    @Test
    void theWaitIsBounded() {
        driven.claim(ID, new Progress());
        ends(waiting(Duration.ofMillis(1)));
        ends(waiting(Duration.ZERO));
        assertThat(driven.isEmpty()).isFalse();
    }
}
