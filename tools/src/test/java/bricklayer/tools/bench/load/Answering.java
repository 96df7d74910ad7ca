package bricklayer.tools.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server that answers what it is told to, byte by byte. */
final class Answering implements AutoCloseable {

    private final ServerSocket socket;
    private final Function<String, String> answers;
    final List<String> requests = new CopyOnWriteArrayList<>();

    /**
     * @param answers by the first line of a request; the whole answer
     */
    Answering(Function<String, String> answers) throws IOException {
        this.answers = answers;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket one = socket.accept();
                    Thread.ofVirtual().start(() -> serve(one));
                }
            } catch (IOException e) {
                // closed
            }
        });
    }

    Target target() {
        return new Target(
                URI.create("http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort()),
                Optional.empty());
    }

    private void serve(Socket one) {
        try (one) {
            BufferedReader in = new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8));
            for (String first = in.readLine(); first != null; first = in.readLine()) {
                requests.add(first);
                int length = 0;
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    length = line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
                }
                for (int i = 0; i < length; i++) {
                    in.read();
                }
                String answer = answers.apply(first);
                one.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                if (answer.contains("Connection: close")) {
                    return;
                }
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
