package bricklayer.functional.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** What a person has open who gives nodes commands by hand: a connection to each, on which a command is one more channel. Notes how long each command took. */
public final class OpenShells implements AutoCloseable {

    /** A command that was given. */
    public record Given(LabNode node, String command, Instant begin, Duration took) {}

    private final Lab lab;
    private final Path sockets;
    private final ConcurrentLinkedQueue<Given> given = new ConcurrentLinkedQueue<>();

    public OpenShells(Lab lab) {
        this.lab = lab;
        try {
            this.sockets = Files.createTempDirectory("shells");
        } catch (IOException e) {
            throw new UncheckedIOException("for the sockets of ssh", e);
        }
        lab.nodes().forEach(this::open);
    }

    /** Makes a connection to a node; commands given to it go that way. */
    public void open(LabNode node) {
        expectSuccess("connecting to node " + node.number(), ssh(node, List.of("-M", "-N", "-f"), List.of()));
    }

    public void close(LabNode node) {
        ssh(node, List.of("-O", "exit"), List.of());
    }

    /** Runs a command in the shell of root, which must succeed. */
    public void run(LabNode node, String command) {
        Instant begin = Instant.now();
        expectSuccess("on node " + node.number() + ": " + command, ssh(node, List.of(), List.of(command)));
        given.add(new Given(node, command, begin, Duration.between(begin, Instant.now())));
    }

    /** What was given since the last call, in order of its end. */
    public List<Given> takeGiven() {
        List<Given> taken = new ArrayList<>();
        for (Given one = given.poll(); one != null; one = given.poll()) {
            taken.add(one);
        }
        return taken;
    }

    /** Does something with all nodes at once, and waits for the last. */
    public void onEach(Consumer<LabNode> task) {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> running = lab.nodes().stream()
                    .map(node -> each.submit(() -> task.accept(node)))
                    .toList();
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    @Override
    public void close() {
        lab.nodes().forEach(this::close);
    }

    /**
     * A call of ssh on the open connection.
     *
     * @param words for the shell of root
     */
    public List<String> argv(LabNode node, List<String> options, List<String> words) {
        List<String> argv = new ArrayList<>(List.of(
                "ssh",
                "-q",
                "-S",
                sockets.resolve("n" + node.number()).toString(),
                "-p",
                String.valueOf(lab.sshPort()),
                "-i",
                lab.sshKey().toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null"));
        argv.addAll(options);
        argv.add("root@" + node.manage());
        argv.addAll(words);
        return argv;
    }

    private int ssh(LabNode node, List<String> options, List<String> words) {
        List<String> argv = argv(node, options, words);
        try {
            return new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", argv), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + argv, e);
        }
    }

    private static void expectSuccess(String what, int status) {
        if (status != 0) {
            throw new AssertionError(what + " ended with status " + status);
        }
    }
}
