package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.client.TimeSource;
import bricklayer.functional.Eventually;
import bricklayer.functional.ServerProcess;
import bricklayer.functional.SimulatedStand;
import bricklayer.functional.Stand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Called by the name of heketi-cli every command prints and ends as heketi-cli does: transcripts written down from its reference ({@link Golden}), held against a
 * server process with simulated nodes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HeketiGoldenTest {

    private static final List<String> TRANSCRIPTS =
            List.of("common", "cluster", "node", "device", "topology", "volume", "blockvolume", "brick", "server");

    private static final Path PAGE = Path.of("..", "docs", "cli.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z].*?)` \\| `(.*?)` \\| (.*?) \\| .*");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Nobody waits for an expert to think. */
    private static final TimeSource TIME = new TimeSource() {
        @Override
        public Instant now() {
            return TimeSource.SYSTEM.now();
        }

        @Override
        public long nanoTime() {
            return TimeSource.SYSTEM.nanoTime();
        }

        @Override
        public void sleep(Duration length) throws InterruptedException {
            TimeSource.SYSTEM.sleep(length.compareTo(Duration.ofSeconds(5)) < 0 ? length : Duration.ofMillis(1));
        }
    };

    private final Path folder =
            Path.of("target", "functional", getClass().getSimpleName()).toAbsolutePath();

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private final Map<String, String> known = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    private ServerProcess server;

    @BeforeAll
    void begin() throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder.resolve("work"));
        Stand.Access access = new SimulatedStand(folder.resolve("nodes"), 0, "").access();
        server = ServerProcess.start(
                folder.resolve("server"),
                new Stand.Access(access.glusterfs(), access.bricklayer() + ", \"fault_injection\": true"));
        known.put("url", server.uri().toString());
        known.put("key", ServerProcess.ADMIN_KEY);
        for (String file : List.of("small.json", "topology.json", "unusable.json", "refused.json")) {
            Files.writeString(folder.resolve("work").resolve(file), text(file));
        }
    }

    @AfterAll
    void end() {
        // begin() may have been cut short
        executor.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    private static String text(String file) {
        try (InputStream in =
                Objects.requireNonNull(HeketiGoldenTest.class.getResourceAsStream("/heketi-cli/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(file, e);
        }
    }

    private static List<Golden> transcript(String name) {
        return Golden.parse(name + ".txt", text(name + ".txt"));
    }

    @Test
    void everyCommandPrintsAndEndsAsHeketisDoes() throws Exception {
        List<String> wrong = new ArrayList<>();
        Map<Golden, Future<Ended>> beside = new LinkedHashMap<>();
        for (String name : TRANSCRIPTS) {
            transcript(name).forEach(golden -> play(golden, wrong, beside));
        }
        for (Map.Entry<Golden, Future<Ended>> running : beside.entrySet()) {
            wrong.addAll(mismatches(running.getKey(), running.getValue().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)));
        }
        assertThat(wrong).isEmpty();
    }

    private void play(Golden golden, List<String> wrong, Map<Golden, Future<Ended>> beside) {
        List<String> arguments = golden.arguments(known);
        if (arguments.stream().anyMatch(word -> word.contains("${"))) {
            wrong.add(golden.where() + ": " + golden.line() + "\nneeds what did not become known");
        } else if (golden.beside()) {
            beside.put(golden, executor.submit(() -> run(golden.program(), arguments)));
        } else if (golden.until()) {
            Eventually.within(
                    PATIENCE,
                    Duration.ofMillis(100),
                    golden.line(),
                    () -> mismatches(golden, run(golden.program(), arguments)).isEmpty());
        } else {
            wrong.addAll(mismatches(golden, run(golden.program(), arguments)));
        }
    }

    private record Ended(int status, String out, String err) {}

    private Ended run(String program, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                Map.of(
                        "HEKETI_CLI_SERVER",
                        server.uri().toString(),
                        "HEKETI_CLI_USER",
                        "admin",
                        "HEKETI_CLI_KEY",
                        ServerProcess.ADMIN_KEY),
                folder.resolve("work"),
                "",
                program.equals("heketi-cli"),
                Terminal.NONE,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                TIME,
                ThreadLocalRandom.current());
        int status = Main.run(surroundings, arguments.toArray(String[]::new));
        return new Ended(status, out.toString(), err.toString());
    }

    private List<String> mismatches(Golden golden, Ended ended) {
        List<String> wrong = new ArrayList<>();
        wrong.add(golden.mismatch(golden.out(), ended.out(), known));
        wrong.add(golden.mismatch(golden.err(), ended.err(), known));
        if (ended.status() != golden.status()) {
            wrong.add(golden.where() + ": " + golden.line() + "\nexpected status " + golden.status() + "\nseen: "
                    + ended);
        }
        wrong.removeIf(String::isEmpty);
        return wrong;
    }

    @Test
    void eachCommandOfThePageAndEachFlagOfHeketisIsInATranscript() throws IOException {
        List<Golden> played = TRANSCRIPTS.stream()
                .flatMap(name -> transcript(name).stream())
                .filter(golden -> golden.program().equals("heketi-cli"))
                .toList();
        Map<String, String> page = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !line.startsWith("| `heketi")) {
                page.put(row.group(1).replaceFirst(" [A-Z\\[].*", ""), row.group(3));
            }
        }
        assertThat(page).as("commands of heketi-cli on the page").hasSizeGreaterThan(45);
        Set<String> missing = new TreeSet<>();
        for (String command : page.keySet()) {
            if (of(command, played).noneMatch(golden -> golden.status() == 0)) {
                missing.add(command + " in a transcript");
            }
        }
        for (String line : text("flags.txt").lines().toList()) {
            String command = line.substring(0, line.indexOf(':'));
            for (String flag : line.substring(line.indexOf(':') + 2).split(" ", -1)) {
                if (!page.getOrDefault(command, "").contains("`" + flag + "`")) {
                    missing.add(command + " " + flag + " on the page");
                }
                if (of(command, played)
                        .noneMatch(golden -> golden.arguments().stream()
                                .anyMatch(word -> word.equals(flag) || word.startsWith(flag + "=")))) {
                    missing.add(command + " " + flag + " in a transcript");
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Stream<Golden> of(String command, List<Golden> played) {
        return played.stream().filter(golden -> (String.join(" ", golden.arguments()) + " ").startsWith(command + " "));
    }
}
