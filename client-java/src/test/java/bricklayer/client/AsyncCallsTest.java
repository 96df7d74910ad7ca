package bricklayer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls in other threads. */
class AsyncCallsTest {

    /** Waits for ever, and says so. */
    private static final class Stuck implements TimeSource {

        private final CountDownLatch waits = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public Instant now() {
            return SYSTEM.now();
        }

        @Override
        public long nanoTime() {
            return SYSTEM.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            waits.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }
    }

    private final FakeServer server = new FakeServer(TimeSource.SYSTEM::now);
    private final Stuck stuck = new Stuck();

    private BricklayerClient.Builder builder() {
        return BricklayerClient.to(server.uri()).as(Credentials.admin(FakeServer.SECRET));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static void soon(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void manyCallsAreMadeAtOnce() {
        BricklayerClient client = builder().build();

        CompletableFuture<ClusterInfo> first =
                client.supplyAsync(it -> it.createCluster(new ClusterCreateRequest(true, true)));
        CompletableFuture<ClusterInfo> second =
                client.supplyAsync(it -> it.createCluster(new ClusterCreateRequest(true, true)));
        String gone = first.join().id();
        client.runAsync(it -> it.deleteCluster(gone)).join();

        assertThat(client.supplyAsync(ClusterCalls::clusters).join())
                .containsExactly(second.join().id());
    }

    @Test
    void aRefusalIsTheCauseOfTheFailure() {
        BricklayerClient client = builder().build();

        assertThatThrownBy(() -> client.supplyAsync(it -> it.volume("beef")).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(NotFound.class);
        assertThatThrownBy(() -> client.runAsync(it -> it.deleteVolume("beef")).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotFound.class);
    }

    @Test
    void cancellingEndsTheWait() throws InterruptedException {
        server.busy = 1;
        CompletableFuture<?> call =
                builder().time(stuck).build().supplyAsync(it -> it.createCluster(new ClusterCreateRequest(true, true)));
        soon(stuck.waits);

        assertThat(call.cancel(true)).isTrue();

        soon(stuck.interrupted);
        assertThat(call).isCancelled();
    }

    @Test
    void aTimeoutEndsTheWait() throws InterruptedException {
        server.busy = 1;
        CompletableFuture<?> call = builder()
                .time(stuck)
                .build()
                .supplyAsync(ClusterCalls::clusters)
                .orTimeout(100, TimeUnit.MILLISECONDS);

        soon(stuck.interrupted);

        assertThatThrownBy(call::get).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void whatIsCancelledBeforeItBeginsIsNeverAsked() {
        Runnable[] later = new Runnable[1];
        CompletableFuture<?> call =
                builder().executor(work -> later[0] = work).build().supplyAsync(ClusterCalls::clusters);

        call.cancel(true);
        later[0].run();

        assertThat(server.seen()).isEmpty();
    }

    @Test
    void anExecutorWithoutRoomSaysSoAtOnce() {
        BricklayerClient client = builder()
                .executor(work -> {
                    throw new RejectedExecutionException("full");
                })
                .build();

        assertThatThrownBy(() -> client.runAsync(ServiceCalls::hello)).isInstanceOf(RejectedExecutionException.class);
    }
}
