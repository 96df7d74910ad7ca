package bricklayer.tools.quickstart;

import bricklayer.client.FakeServer;
import bricklayer.client.TimeSource;
import java.nio.file.Path;
import java.util.Objects;

/** A fake server as a process: takes its arguments and environment as the real one does. With the key {@code broken} it fails to start. */
final class FakeServerProcess {

    private FakeServerProcess() {}

    public static void main(String[] args) {
        Path config = Path.of(args[2]);
        String key = new DataFolder(Objects.requireNonNull(config.getParent()))
                .readConfig()
                .admin()
                .secret();
        if (key.equals("broken")) {
            System.err.println("the store cannot be opened");
            System.exit(3);
        }
        FakeServer server =
                new FakeServer(TimeSource.SYSTEM::now, Integer.parseInt(System.getenv("HEKETI_HTTP_PORT")), key);
        System.out.println("listening on " + server.uri());
    }
}
