package bricklayer.tools.bench.server;

import bricklayer.client.Credentials;
import bricklayer.tools.bench.load.Connection;
import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.load.Target;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A server of this program in a process of its own, with the flags that the script gives to servers, an embedded database in a folder of its own, and simulated nodes. It never outlives this process.
 */
public final class MeasuredServer implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(10);
    private static final Duration STOP_MAX = Duration.ofMinutes(2);
    private static final long LOOK_EVERY = 2_000_000;
    private static final int LOG_LINES_SHOWN = 20;

    /** Sizes, properties, and what whoever started this process looks at it with. */
    private static final List<String> NOT_HANDED_ON =
            List.of("-Xmx", "-D", "-Xlog", "-javaagent", "-agent", "-XX:+EnableDynamicAgentLoading");

    private final Path folder;
    private final int port = freePort();
    private final Thread reaper;
    private ServerSettings settings;
    private Process process;
    private Duration ready;
    private int starts;
    private long launched;

    private MeasuredServer(Path folder, ServerSettings settings) {
        this.folder = folder.toAbsolutePath();
        this.settings = settings;
        this.process = launch();
        this.reaper = Thread.ofPlatform().unstarted(() -> process.destroyForcibly());
        Runtime.getRuntime().addShutdownHook(reaper);
        this.ready = awaitHello();
    }

    /**
     * Returns when it serves.
     *
     * @param folder may hold what an earlier one left
     * @throws LoadFailed when it does not start
     */
    public static MeasuredServer start(Path folder, ServerSettings settings) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LoadFailed("cannot make the folder " + folder + ": " + e, e);
        }
        return new MeasuredServer(folder, settings);
    }

    public Target target() {
        return new Target(
                URI.create("http://127.0.0.1:" + port), Optional.of(Credentials.admin(ServerSettings.ADMIN_KEY)));
    }

    public ProcessFigures process() {
        return new ProcessFigures(process.pid());
    }

    public long pid() {
        return process.pid();
    }

    /** From its start to its first answer. */
    public Duration ready() {
        return ready;
    }

    /** All that it has on disk. */
    public Path folder() {
        return folder;
    }

    /** Where its records lie. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Where the collector told what it did since the last start. */
    public Path gcLog() {
        return folder.resolve("gc-" + starts + ".log");
    }

    /** What journal and checkpoints take on disk, in bytes. */
    public long bytesOnDisk() {
        return bytesIn(data());
    }

    /** Since its start, as the collector's log counts. */
    public double upSeconds() {
        return (System.nanoTime() - launched) / 1e9;
    }

    /** Has the heap collected as a whole, so that what is in use is what is needed. */
    public void collect() {
        tell("GC.run");
    }

    /** What is in use of the heap when it has been collected as a whole. */
    public double neededMib() {
        collect();
        return GcLog.read(gcLog()).lastUsedMib();
    }

    /** Records the phases of operations from now on, and nothing else. */
    public void record() {
        tell("JFR.start", "name=bench", "settings=none", "+bricklayer.OperationPhase#enabled=true");
    }

    /** Ends the record and puts it into a file. */
    public Path recorded() {
        Path file = folder.resolve("operations.jfr");
        tell("JFR.stop", "name=bench", "filename=" + file);
        return file;
    }

    private void tell(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(String.valueOf(process.pid()));
        command.addAll(List.of(words));
        try {
            Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (jcmd.waitFor() != 0) {
                throw new LoadFailed(String.join(" ", command) + " ended with " + jcmd.exitValue() + ": " + said);
            }
        } catch (IOException e) {
            throw new LoadFailed("cannot run jcmd, which a JDK has: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailed("interrupted while the server was told " + words[0], e);
        }
    }

    static long bytesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(MeasuredServer::size).sum();
        } catch (IOException e) {
            throw new LoadFailed("cannot see how large " + folder + " is: " + e, e);
        }
    }

    /** Of a file that may be deleted meanwhile. */
    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM; returns how long it took to end. */
    public Duration stop() {
        long began = System.nanoTime();
        process.destroy();
        awaitEnd();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Starts it again after {@link #kill} or {@link #stop}; returns how long it took to serve. */
    public Duration restart() {
        return restart(settings);
    }

    public Duration restart(ServerSettings changed) {
        settings = changed;
        process = launch();
        ready = awaitHello();
        return ready;
    }

    private Process launch() {
        starts++;
        launched = System.nanoTime();
        try {
            Path config = folder.resolve("heketi.json");
            Files.writeString(
                    config,
                    settings.config(
                            port, data().toString(), folder.resolve("nodes").toString()));
            ProcessBuilder java = new ProcessBuilder(command(config))
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            java.environment().keySet().removeIf(name -> name.startsWith("HEKETI_") || name.startsWith("BRICKLAYER_"));
            // a recorder or other flags that this process got are not meant for that one
            java.environment().remove("JAVA_TOOL_OPTIONS");
            return java.start();
        } catch (IOException e) {
            throw new LoadFailed("cannot start a server in " + folder + ": " + e, e);
        }
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private List<String> command(Path config) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(flags());
        words.addAll(settings.flags());
        words.add("-Xmx" + settings.heap());
        words.add("-Xlog:gc,safepoint:file=" + gcLog() + ":uptime:filecount=0");
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "bricklayer.tools.Main"));
        words.addAll(List.of("server", "--config", config.toString()));
        return words;
    }

    /** The script gives the same flags to a benchmark and to a server. */
    public static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> NOT_HANDED_ON.stream().noneMatch(flag::startsWith))
                .toList();
    }

    private Duration awaitHello() {
        long began = System.nanoTime();
        while (true) {
            if (!process.isAlive()) {
                throw new LoadFailed(
                        "the server ended with status " + process.exitValue() + " at its start" + logEnd());
            }
            try (Connection connection = new Connection(target())) {
                if (connection.get("/hello").status() == 200) {
                    return Duration.ofNanos(System.nanoTime() - began);
                }
            } catch (IOException e) {
                // not yet
            }
            if (System.nanoTime() - began > START_MAX.toNanos()) {
                throw new LoadFailed("the server does not serve " + START_MAX + " after its start" + logEnd());
            }
            LockSupport.parkNanos(LOOK_EVERY);
        }
    }

    private String logEnd() {
        try {
            List<String> lines = Files.readAllLines(log());
            return "; its log " + log() + " ends with:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LoadFailed("the server did not end within " + STOP_MAX + logEnd());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailed("interrupted while the server was to end", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
        Runtime.getRuntime().removeShutdownHook(reaper);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LoadFailed("cannot find a free port: " + e, e);
        }
    }
}
