package bricklayer.functional;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real server in a process of its own, on a port that stays the same from one start to the next. It never outlives this JVM.
 *
 * <p>Its data, configuration and log ({@code server.log}, of all starts one after the other) lie in one folder.
 */
public final class ServerProcess implements AutoCloseable {

    public static final String ADMIN_KEY = "admin key of the tests, long enough";

    /** Who may come in. */
    public record Keys(String admin, String user) {

        /** Whoever comes. */
        public static final Keys NOT_ASKED = new Keys("", "");
    }

    private static final Duration LONGEST_START = Duration.ofMinutes(4);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);
    private static final int SHOWN_LOG_LINES = 40;

    private final Path folder;
    private final Keys keys;
    private final List<String> classes;
    private final int port = freePort();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Thread reaper = new Thread(this::destroy, "server reaper");
    private Process process;

    private ServerProcess(Path folder, Stand.Access access, Keys keys, List<String> classes) {
        this.folder = folder.toAbsolutePath();
        this.keys = keys;
        this.classes = classes;
        try {
            Files.createDirectories(folder);
            Files.writeString(configFile(), config(access));
        } catch (IOException e) {
            throw new UncheckedIOException("preparing " + folder, e);
        }
        Runtime.getRuntime().addShutdownHook(reaper);
        process = launch();
        awaitServing();
    }

    /** Returns when it serves. */
    public static ServerProcess start(Path folder, Stand.Access access) {
        return start(folder, access, new Keys(ADMIN_KEY, "a key for nobody, long enough"));
    }

    public static ServerProcess start(Path folder, Stand.Access access, Keys keys) {
        return new ServerProcess(folder, access, keys, ClassArchive.options());
    }

    /**
     * A whole life, from a start to a SIGTERM, without keys and nodes.
     *
     * @param classes options of the JVM that say where its classes are
     */
    static void liveOnce(Path folder, List<String> classes) {
        Stand.Access none = new SimulatedStand(folder, 0).access();
        try (ServerProcess server = new ServerProcess(folder, none, Keys.NOT_ASKED, classes)) {
            server.stop();
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path log() {
        return folder.resolve("server.log");
    }

    /** No last words: SIGKILL. */
    public void kill9() {
        process.destroyForcibly();
        awaitEnd(LONGEST_STOP);
    }

    /** Returns when it has ended by itself, with its exit status. */
    int awaitOwnEnd() {
        awaitEnd(LONGEST_STOP);
        return process.exitValue();
    }

    boolean runs() {
        return process.isAlive();
    }

    /** SIGTERM. It must end by itself, with exit status 0. */
    public void stop() {
        process.destroy();
        awaitEnd(LONGEST_STOP);
        // the JVM ends with 128 + 15 after a SIGTERM whose hooks have all run, unless the program says otherwise
        int status = process.exitValue();
        if (status != 0) {
            throw new AssertionError("the server ended with status " + status + " after SIGTERM\n" + logEnd());
        }
    }

    /**
     * Sends it a signal and does not wait.
     *
     * @param name such as {@code USR2}
     */
    void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill ended with status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sending SIG" + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while sending SIG" + name, e);
        }
    }

    /** Starts it again after {@link #kill9} or {@link #stop}; returns when it serves. */
    public void restart() {
        launchAgain();
        awaitServing();
    }

    /** Starts it again, and does not wait until it serves. */
    void launchAgain() {
        if (process.isAlive()) {
            throw new IllegalStateException("it still runs");
        }
        process = launch();
    }

    /** The last lines of the log. */
    public String logEnd() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    @Override
    public void close() {
        destroy();
        Runtime.getRuntime().removeShutdownHook(reaper);
        http.close();
    }

    private void destroy() {
        process.destroyForcibly();
        awaitEnd(LONGEST_STOP);
    }

    private void awaitEnd(Duration longest) {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the server did not end within " + longest + "\n" + logEnd());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the server was to end", e);
        }
    }

    private Process launch() {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Dlogback.configurationFile=logback.xml"));
        words.addAll(classes);
        words.addAll(List.of("bricklayer.main.Main", "--config", configFile().toString()));
        if (keys.equals(Keys.NOT_ASKED)) {
            words.add("--disable-auth");
        }
        ProcessBuilder java = new ProcessBuilder(words);
        java.environment().keySet().removeIf(name -> name.startsWith("HEKETI_") || name.startsWith("SSH_KNOWN_HOSTS"));
        java.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        try {
            return java.start();
        } catch (IOException e) {
            throw new UncheckedIOException("starting the server", e);
        }
    }

    void awaitServing() {
        HttpRequest hello = HttpRequest.newBuilder(uri().resolve("/hello"))
                .timeout(Duration.ofSeconds(10))
                .build();
        Eventually.within(LONGEST_START, BETWEEN_LOOKS, "the server serves", () -> {
            if (!process.isAlive()) {
                throw new AssertionError(
                        "the server ended with status " + process.exitValue() + " at its start\n" + logEnd());
            }
            try {
                return http.send(hello, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private Path configFile() {
        return folder.resolve("heketi.json");
    }

    private String config(Stand.Access access) {
        return """
                {
                  "port": "%d",
                  "use_auth": true,
                  "jwt": { "admin": { "key": "%s" }, "user": { "key": "%s" } },
                  "glusterfs": %s,
                  "bricklayer": { "data": "%s"%s }
                }
                """.formatted(port, keys.admin(), keys.user(), access.glusterfs(), data(), access.bricklayer());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("looking for a free port", e);
        }
    }
}
