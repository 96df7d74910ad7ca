package bricklayer.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "startup",
        description = {
            "How long the program takes to list one volume, against a JVM that only says hello:",
            "one as it comes, and one that is started as this program is (same script, flags, jar and cache of classes).",
            "The runs take turns, so that whatever else the machine does slows all of them."
        })
final class BenchStartupCommand implements Runnable {

    private static final long LONGEST_SECONDS = 60;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--runs", defaultValue = "20", paramLabel = "N", description = "Runs of each; default 20.")
    private int runs;

    @Override
    public void run() {
        String launcher =
                ((RootCommand) spec.root().userObject()).surroundings().launcher();
        if (launcher.isEmpty() || runs < 1) {
            throw new CommandFailed("needs the script bricklayer, and at least one run");
        }
        try (ServerSocket server = Rehearsal.serve()) {
            Path folder = Files.createTempDirectory("bench");
            Path hello = helloIn(folder);
            try {
                Map<String, List<String>> cases = new LinkedHashMap<>();
                cases.put(
                        "hello, a JVM as it comes",
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                folder.toString(),
                                Hello.class.getName()));
                cases.put("hello, started as bricklayer is", List.of(launcher, "bench-hello"));
                cases.put("bricklayer volume list", List.of(launcher, "volume", "list"));
                Map<String, String> environment = Map.of(
                        "HEKETI_CLI_SERVER", "http://127.0.0.1:" + server.getLocalPort(), "HEKETI_CLI_KEY", "bench");
                report(measured(cases, environment), spec.commandLine().getOut());
            } finally {
                deleteUpTo(hello, folder);
            }
        } catch (IOException e) {
            throw new CommandFailed("cannot measure: " + e);
        }
    }

    private static Path helloIn(Path folder) throws IOException {
        String name = Hello.class.getName().replace('.', '/') + ".class";
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream in = Objects.requireNonNull(Hello.class.getResourceAsStream("/" + name))) {
            Files.copy(in, file);
        }
        return file;
    }

    private static void deleteUpTo(Path file, Path folder) throws IOException {
        for (Path each = file; each != null && each.startsWith(folder); each = each.getParent()) {
            Files.delete(each);
        }
    }

    private Map<String, List<Long>> measured(Map<String, List<String>> cases, Map<String, String> environment)
            throws IOException {
        Map<String, List<Long>> nanos = new LinkedHashMap<>();
        for (int run = -1; run < runs; run++) {
            for (Map.Entry<String, List<String>> one : cases.entrySet()) {
                long took = nanos(one.getValue(), environment);
                // the first run fills the disk's cache, and may make the cache of classes
                if (run >= 0) {
                    nanos.computeIfAbsent(one.getKey(), name -> new ArrayList<>())
                            .add(took);
                }
            }
        }
        return nanos;
    }

    private static long nanos(List<String> command, Map<String, String> environment) throws IOException {
        long begun = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            Optional<Integer> status = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)
                    ? Optional.of(process.exitValue())
                    : Optional.empty();
            if (!status.equals(Optional.of(0))) {
                throw new CommandFailed(String.join(" ", command) + " ended with "
                        + status.map(String::valueOf).orElse("nothing in " + LONGEST_SECONDS + " s"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        } finally {
            process.destroyForcibly();
        }
        return System.nanoTime() - begun;
    }

    private static void report(Map<String, List<Long>> nanos, PrintWriter out) {
        nanos.values().forEach(Collections::sort);
        List<List<Long>> all = List.copyOf(nanos.values());
        out.println(String.format(Locale.ROOT, "%-34s%12s%12s", "", "median", "fastest"));
        nanos.forEach((name, times) -> out.println(String.format(
                Locale.ROOT, "%-34s%9.0f ms%9.0f ms", name, median(times) / 1e6, times.getFirst() / 1e6)));
        out.println(String.format(
                Locale.ROOT,
                "volume list takes %.1f times as long as hello started the same way, %.1f times as long as hello in a JVM as it comes",
                median(all.get(2)) / median(all.get(1)),
                median(all.get(2)) / median(all.get(0))));
    }

    private static double median(List<Long> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }
}
