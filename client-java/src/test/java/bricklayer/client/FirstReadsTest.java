package bricklayer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in all forms that HTTP/1.1 has, and in some that it has not. */
class FirstReadsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private volatile String answer = "";
    private volatile boolean staysOpen;

    @SuppressWarnings("NullAway.Init") // set before each
    private ServerSocket server;

    @SuppressWarnings("NullAway.Init") // set before each
    private Thread thread;

    @SuppressWarnings("NullAway.Init") // set before each
    private URI uri;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
        thread = new Thread(() -> {
            try {
                while (true) {
                    try (Socket client = server.accept()) {
                        BufferedReader in = new BufferedReader(
                                new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                        StringBuilder head = new StringBuilder();
                        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                            head.append(line).append('\n');
                        }
                        heads.add(head.toString());
                        client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                        client.getOutputStream().flush();
                        if (staysOpen) {
                            // until the client has had enough
                            client.getInputStream().read();
                        }
                    } catch (IOException e) {
                        if (server.isClosed()) {
                            return;
                        }
                    }
                }
            } catch (RuntimeException e) {
                heads.add(e.toString());
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    private Answer get(FirstReads reads, Duration longest) throws IOException {
        return reads.get("GET /x", URI.create(uri + "/x?a=b%20c"), Map.of("Accept", "json"), longest);
    }

    private FirstReads reads() {
        return FirstReads.of(uri, LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: t\r\nContent-Length: 5\r\n\r\nhello and more",
                "HTTP/1.1 200 OK\r\nContent-Type: t\r\ntransfer-encoding: Chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nTrailer: z\r\n\r\n",
                "HTTP/1.0 200\nContent-Type: t\n\nhello",
                "HTTP/1.1 103 Early\r\nContent-Type: u\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type:t\r\nContent-Type: v\r\nContent-Length: 5\r\n\r\nhello"
            })
    void answersAreReadHoweverTheirEndIsTold(String said) throws Exception {
        answer = said;

        Answer read = get(reads(), LONG);

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text()).isEqualTo("hello");
        assertThat(read.header("content-type")).contains("t");
        assertThat(heads.poll(30, TimeUnit.SECONDS))
                .startsWith("GET /x?a=b%20c HTTP/1.1\n")
                .contains("\nHost: 127.0.0.1:" + server.getLocalPort() + "\n", "\nAccept: json\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n"
            })
    void halfAnswersAreLostOnesAndTheRestIsLeftToTheHttpClient(String said) {
        answer = said;
        FirstReads reads = reads();
        assertThat(reads.take()).isTrue();

        assertThatThrownBy(() -> get(reads, LONG))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ConnectException.class);
        assertThat(reads.take()).isFalse();
    }

    @Test
    void anAnswerThatNeverEndsIsNotWaitedFor() {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello";
        staysOpen = true;

        assertThatThrownBy(() -> get(reads(), Duration.ofMillis(200))).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void aHeadThatNeverEndsIsNotKept() {
        answer = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(500_000);

        assertThatThrownBy(() -> get(reads(), LONG)).hasMessageContaining("bytes");
    }

    @Test
    void aServerThatIsNotThereHasGotNothing() throws Exception {
        server.close();
        // until then the kernel may take one more connection
        thread.join();

        assertThatThrownBy(() -> get(reads(), LONG)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> BricklayerClient.to(uri).shortLived().build().volumes())
                .isInstanceOf(ServerUnreachable.class)
                .hasMessageContaining("connection refused");
    }

    @Test
    void aClientReadsFarMoreThanTheFirstFew() throws Exception {
        answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 17\r\n\r\n{\"volumes\":[\"v\"]}";
        BricklayerClient client = BricklayerClient.to(uri)
                .as(Credentials.admin("k\"ey"))
                .shortLived()
                .build();

        for (int read = 0; read < 12; read++) {
            assertThat(client.volumes()).containsExactly("v");
            String head = String.valueOf(heads.poll(30, TimeUnit.SECONDS));
            assertThat(head).containsIgnoringCase("authorization: bearer ");
            assertThat(head.toLowerCase(java.util.Locale.ROOT).contains("user-agent"))
                    .isEqualTo(read >= 8);
        }
    }

    @Test
    void onlyPlainHttpIsReadSo() {
        assertThat(FirstReads.of(URI.create("https://127.0.0.1"), LONG).take()).isFalse();
        assertThat(FirstReads.none().take()).isFalse();
    }
}
