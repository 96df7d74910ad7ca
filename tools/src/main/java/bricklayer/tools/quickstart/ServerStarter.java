package bricklayer.tools.quickstart;

import bricklayer.client.BricklayerClient;
import bricklayer.client.BricklayerException;
import bricklayer.client.Patience;
import bricklayer.client.TimeSource;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts the server of a data folder as a process that outlives this one, and waits until it answers. */
public final class ServerStarter {

    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int LOG_LINES_SHOWN = 20;

    private final String launcher;
    private final TimeSource time;

    /**
     * @param launcher path of the script that starts this program; empty to start the Java program itself
     */
    public ServerStarter(String launcher, TimeSource time) {
        this.launcher = launcher;
        this.time = time;
    }

    static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // without it a port counts as taken for a minute after its server has ended
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @throws QuickstartFailed when the process ends or does not answer in time; the message has the end of its log. A process that
     *     does not answer is left running
     */
    DataFolder.StartedServer start(DataFolder data, int port) {
        try {
            long logStart = Files.exists(data.log()) ? Files.size(data.log()) : 0;
            Process process = launch(data, port);
            DataFolder.StartedServer server = new DataFolder.StartedServer(process.pid(), "http://localhost:" + port);
            data.remember(server);
            waitUntilItAnswers(process, server, data, logStart);
            return server;
        } catch (IOException e) {
            throw new QuickstartFailed("cannot start the server: " + e, e);
        }
    }

    private Process launch(DataFolder data, int port) throws IOException {
        List<String> command = new ArrayList<>(program());
        command.addAll(ServerProcess.arguments(data));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(data.log().toFile()));
        builder.environment().put("BRICKLAYER_DATA", data.root().toString());
        builder.environment().put("HEKETI_HTTP_PORT", Integer.toString(port));
        return builder.start();
    }

    /** In a session of its own, so that closing the terminal or Control-C here does not end it. */
    private List<String> program() {
        List<String> program = new ArrayList<>(List.of("setsid"));
        if (!launcher.isEmpty()) {
            program.add(launcher);
            return program;
        }
        try {
            Path jar = Path.of(ServerStarter.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            program.addAll(List.of("-jar", jar.toString()));
            return program;
        } catch (URISyntaxException e) {
            throw new QuickstartFailed("cannot find the program to start: " + e.getMessage(), e);
        }
    }

    private void waitUntilItAnswers(Process process, DataFolder.StartedServer server, DataFolder data, long logStart) {
        BricklayerClient client = BricklayerClient.to(URI.create(server.url()))
                .patience(Patience.PROBE)
                .build();
        long start = time.nanoTime();
        while (true) {
            if (!process.isAlive()) {
                data.forgetServer();
                throw failed("the server ended with status " + process.exitValue() + " while starting", data, logStart);
            }
            if (answers(client)) {
                return;
            }
            if (time.nanoTime() - start > START_MAX.toNanos()) {
                throw failed(
                        "the server (process " + server.pid() + ") does not answer on " + server.url() + " after "
                                + START_MAX.toSeconds() + " s; stop it with `bricklayer stop`",
                        data,
                        logStart);
            }
            try {
                time.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new QuickstartFailed("interrupted while the server started", e);
            }
        }
    }

    private static boolean answers(BricklayerClient client) {
        try {
            client.hello();
            return true;
        } catch (BricklayerException e) {
            return false;
        }
    }

    private static QuickstartFailed failed(String what, DataFolder data, long logStart) {
        StringBuilder message = new StringBuilder(what + "\nIts log, " + data.log() + ", ends with:\n");
        try {
            byte[] all = Files.readAllBytes(data.log());
            String text = new String(
                    all,
                    (int) Math.min(logStart, all.length),
                    (int) Math.max(0, all.length - logStart),
                    StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size())
                    .forEach(line -> message.append("  ").append(line).append('\n'));
        } catch (IOException e) {
            message.append("  (cannot be read: ").append(e).append(")\n");
        }
        return new QuickstartFailed(message.toString().stripTrailing(), null);
    }
}
