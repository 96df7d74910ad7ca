package bricklayer.tools.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VolumesTest {

    private static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\nLocation: /queue/7\r\nContent-Length: 0\r\n\r\n";
    private static final String PENDING = "HTTP/1.1 200 OK\r\nX-Pending: true\r\nContent-Length: 0\r\n\r\n";
    private static final String DONE = "HTTP/1.1 303 See Other\r\nLocation: /volumes/abc\r\nContent-Length: 0\r\n\r\n";

    @Test
    void asksUntilTheEnd() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (Answering server = new Answering(
                        first -> first.startsWith("POST") ? ACCEPTED : asked.incrementAndGet() < 5 ? PENDING : DONE);
                Connection connection = new Connection(server.target())) {
            Volumes volumes = new Volumes(1, Optional.empty());

            assertThat(volumes.create(connection)).isEqualTo("abc");
            assertThat(volumes.polls()).isEqualTo(5);
        }
    }

    @Test
    void comesAgainWhenTheServerHasEnoughToDo() throws IOException {
        AtomicInteger refusals = new AtomicInteger();
        try (Answering server = new Answering(first -> first.startsWith("POST")
                        ? refusals.incrementAndGet() < 3
                                ? "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"
                                : ACCEPTED
                        : DONE);
                Connection connection = new Connection(server.target())) {
            Volumes volumes = new Volumes(1, Optional.of("c1"));

            volumes.create(connection);

            assertThat(volumes.refused()).isEqualTo(2);
        }
    }

    @Test
    void saysWhyThereIsNoVolume() throws IOException {
        try (Answering server = new Answering(first -> first.startsWith("POST")
                        ? ACCEPTED
                        : "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 8\r\n\r\nno space");
                Connection connection = new Connection(server.target())) {
            assertThatThrownBy(() -> new Volumes(1, Optional.empty()).create(connection))
                    .isInstanceOf(LoadFailed.class)
                    .hasMessageContaining("no space");
        }
    }
}
