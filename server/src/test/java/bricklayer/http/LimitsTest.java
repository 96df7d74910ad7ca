package bricklayer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.config.HttpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody holds the server up: slow, silent and greedy clients are let go, and the server stops in good order. */
@Timeout(60)
class LimitsTest {

    // the common pool may have a single thread
    private static final Executor OWN_THREAD = Thread::startVirtualThread;

    private static HttpConfig config(Duration idle, int bodyRateMin, int connectionsMax) {
        return new HttpConfig(
                Optional.of(InetAddress.getLoopbackAddress()),
                0,
                Optional.empty(),
                1024,
                1024,
                idle,
                bodyRateMin,
                connectionsMax,
                Duration.ofSeconds(20));
    }

    private static Socket connect(SampleServer sample) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), sample.server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (SampleServer sample = new SampleServer(config(Duration.ofMillis(300), 0, 10));
                Socket silent = connect(sample);
                Socket halfAHead = connect(sample)) {
            write(halfAHead, "GET /clusters HT");

            assertThat(silent.getInputStream().readAllBytes()).isEmpty();
            assertThat(new String(halfAHead.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .doesNotContain("200");
        }
    }

    @Test
    void aBodyThatNeverComesEndsItsRequest() throws Exception {
        try (SampleServer sample = new SampleServer(config(Duration.ofMillis(300), 0, 10));
                Socket socket = connect(sample)) {
            write(socket, "POST /clusters HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{");

            assertThat(sample.nextAnswered())
                    .isNotNull()
                    .satisfies(answered -> assertThat(answered.status()).isEqualTo(408));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 408").doesNotContain("Exception");
        }
    }

    @Test
    void aBodyThatTricklesIsCutOff() throws Exception {
        try (SampleServer sample = new SampleServer(config(Duration.ofSeconds(20), 1_000_000_000, 10));
                Socket socket = connect(sample)) {
            write(
                    socket,
                    "POST /clusters HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
            CompletableFuture<Void> trickle = CompletableFuture.runAsync(
                    () -> {
                        try {
                            for (int i = 0; i < 1_000; i++) {
                                write(socket, "1\r\n \r\n");
                            }
                        } catch (IOException cutOff) {
                            return;
                        }
                    },
                    OWN_THREAD);
            assertThat(sample.nextAnswered())
                    .isNotNull()
                    .satisfies(answered -> assertThat(answered.status()).isEqualTo(408));
            socket.shutdownOutput();
            trickle.join();
        }
    }

    @Test
    void connectionsBeyondTheLimitWaitForTheirTurn() throws IOException {
        try (SampleServer sample = new SampleServer(config(Duration.ofMillis(500), 0, 2));
                Socket first = connect(sample);
                Socket second = connect(sample);
                Socket third = connect(sample)) {
            write(third, "GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

            assertThat(first.getInputStream().readAllBytes()).isEmpty();
            assertThat(second.getInputStream().readAllBytes()).isEmpty();
            assertThat(new String(third.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .endsWith("Hello from Heketi");
        }
    }

    @Test
    void aRequestInFlightIsFinishedWhenTheServerStops() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Routes slow = routes -> routes.get("/slow", ctx -> {
            entered.countDown();
            leave.await();
            Replies.text(ctx, "done");
        });
        HttpServer server = HttpServer.start(
                config(Duration.ofSeconds(20), 0, 10), List.of(), List.of(slow), (_, _, _, _) -> {}, new Random(1));
        int port = server.port();
        CompletableFuture<RawHttp.Reply> reply =
                CompletableFuture.supplyAsync(() -> new RawHttp(port).get("/slow"), OWN_THREAD);
        entered.await();

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close, OWN_THREAD);
        while (accepts(port)) {
            Thread.onSpinWait();
        }
        leave.countDown();

        assertThat(reply.join().body()).isEqualTo("done");
        stopping.join();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpConfig free = config(Duration.ofSeconds(1), 0, 10);
            HttpConfig same = new HttpConfig(
                    free.bindAddress(),
                    taken.getLocalPort(),
                    free.tls(),
                    free.bodyMaxBytes(),
                    free.documentMaxBytes(),
                    free.idleTimeout(),
                    0,
                    10,
                    free.stopTimeout());
            assertThatThrownBy(() -> new SampleServer(same))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot listen on port " + taken.getLocalPort());
        }
    }

    @Test
    void twoRoutesForOnePathAreRefusedAtTheStart() {
        Routes twice = routes -> routes.get("/a/{id}", ctx -> {}).get("/a/{id}", ctx -> {});
        assertThatThrownBy(() -> HttpServer.start(
                        SampleServer.CONFIG, List.of(), List.of(twice), (_, _, _, _) -> {}, new Random(1)))
                .hasMessageContaining("GET /a/{id} is taken");
        Routes odd = routes -> routes.get("/a b", ctx -> {});
        assertThatThrownBy(() -> HttpServer.start(
                        SampleServer.CONFIG, List.of(), List.of(odd), (_, _, _, _) -> {}, new Random(1)))
                .hasMessageContaining("/a b");
    }
}
