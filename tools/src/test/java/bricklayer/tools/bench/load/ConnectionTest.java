package bricklayer.tools.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static String answer(String first) {
        return switch (first) {
            case "GET /length HTTP/1.1" -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
            case "GET /chunks HTTP/1.1" ->
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n";
            case "GET /until-the-end HTTP/1.1" -> "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello";
            case "GET /nothing HTTP/1.1" -> "HTTP/1.1 204 No Content\r\n\r\n";
            case "GET /queue/7 HTTP/1.1" -> "HTTP/1.1 200 OK\r\nX-Pending: true\r\nContent-Length: 0\r\n\r\n";
            case "POST /volumes HTTP/1.1" -> "HTTP/1.1 202 Accepted\r\nlocation: /queue/7\r\nContent-Length: 0\r\n\r\n";
            case "GET /cut HTTP/1.1" -> "HTTP/1.1 200 OK\r\nContent-Length: 50\r\nX: Connection: close\r\n\r\nhello";
            default -> "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        };
    }

    @Test
    void readsBodiesHoweverTheyEndAndKeepsTheConnection() throws IOException {
        try (Answering server = new Answering(ConnectionTest::answer);
                Connection connection = new Connection(server.target())) {
            assertThat(connection.get("/length").text()).isEqualTo("hello");
            assertThat(connection.get("/chunks").text()).isEqualTo("hello");
            assertThat(connection.get("/nothing").status()).isEqualTo(204);
            assertThat(connection.count("/chunks").length()).isEqualTo(5);
            assertThat(connection.get("/until-the-end").text()).isEqualTo("hello");
            assertThat(connection.get("/elsewhere").status()).isEqualTo(404);
        }
    }

    @Test
    void knowsAJob() throws IOException {
        try (Answering server = new Answering(ConnectionTest::answer);
                Connection connection = new Connection(server.target())) {
            assertThat(connection.send("POST", "/volumes", "{\"size\":1}").locationId())
                    .isEqualTo("7");
            assertThat(connection.get("/queue/7").pending()).isTrue();
        }
    }

    @Test
    void saysThatAnAnswerWasCutAndConnectsAgain() throws IOException {
        try (Answering server = new Answering(ConnectionTest::answer);
                Connection connection = new Connection(server.target())) {
            assertThatThrownBy(() -> connection.get("/cut")).isInstanceOf(IOException.class);
            assertThat(connection.get("/length").status()).isEqualTo(200);
        }
    }
}
