package bricklayer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterInfo;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose clock is wrong. The server's is that of this machine, for that is what its {@code Date} says. */
class TokenTimeTest {

    private final FakeServer server = new FakeServer(TimeSource.SYSTEM::now);

    /** Wrong by so much, and it can be put right. */
    private static final class WrongClock implements TimeSource {

        private volatile Duration by;

        WrongClock(Duration by) {
            this.by = by;
        }

        @Override
        public Instant now() {
            return SYSTEM.now().plus(by);
        }

        @Override
        public long nanoTime() {
            return SYSTEM.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            SYSTEM.sleep(time);
        }
    }

    private BricklayerClient.Builder wrongBy(long minutes) {
        return BricklayerClient.to(server.uri())
                .as(Credentials.admin(FakeServer.SECRET))
                .time(new WrongClock(Duration.ofMinutes(minutes)));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aTokenOfAnotherTimeIsRefusedAndTheMessageSaysWhoseClockToLookAt() {
        assertThatThrownBy(() -> wrongBy(-7).build().clusters())
                .isInstanceOf(NotAuthorised.class)
                .hasMessageContaining("Token is expired")
                .message()
                .containsPattern("the server's clock is PT(7M|6M59)\\S* ahead of ours$");
        assertThatThrownBy(() -> wrongBy(7).build().clusters())
                .isInstanceOf(NotAuthorised.class)
                .hasMessageContaining("Token used before issued")
                .hasMessageContaining(" behind ours");
    }

    @ParameterizedTest
    @ValueSource(longs = {-60 * 24 * 365 * 10, -7, 7, 60 * 24 * 365})
    void theServersTimeIsTakenOverWhenToldTo(long minutes) {
        BricklayerClient client = wrongBy(minutes).followServerClock().build();

        ClusterInfo made = client.createCluster(new ClusterCreateRequest(true, true));

        assertThat(client.clusters()).containsExactly(made.id());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        wrongBy(minutes).followServerClock().build().dumpDb(out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(server.service.dump);
    }

    @Test
    void aClockThatIsPutRightIsFollowedBack() {
        WrongClock clock = new WrongClock(Duration.ofHours(1));
        BricklayerClient client = wrongBy(0).time(clock).followServerClock().build();
        client.clusters();

        clock.by = Duration.ZERO;

        assertThat(client.clusters()).isEmpty();
    }

    @Test
    void aWrongSecretIsTriedOnce() {
        BricklayerClient wrong =
                wrongBy(7).as(Credentials.admin("guess")).followServerClock().build();

        assertThatThrownBy(wrong::clusters)
                .isInstanceOf(NotAuthorised.class)
                .hasMessageContaining("secrets may not match");
    }
}
