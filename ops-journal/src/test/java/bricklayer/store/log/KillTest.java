package bricklayer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.fault.Faults;
import bricklayer.store.Counter;
import bricklayer.store.Crate;
import bricklayer.store.Crate.CrateId;
import bricklayer.store.Rows;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process with SIGKILL while eight threads of it write, again and again on the same folder, and looks after each kill: every acknowledged transaction is
 * there, none is there by half, the store opens and takes writes. Some kills come while the process is still recovering from the kill before.
 */
@Timeout(600)
final class KillTest {

    private static final int KILLS = Integer.getInteger("kills", 200);
    private static final int LANES = 4;

    /** One folder and what must be in it. */
    private static final class Lane {
        private final Path folder;
        private final Writers writers;
        private final Random random;
        private final long[] numbers = new long[KilledWriter.WRITERS];
        private long checks;
        private long acknowledged;
        private int killedWhileOpening;
        private int checkpoints;

        Lane(Path folder, Writers writers, long seed) {
            this.folder = folder;
            this.writers = writers;
            this.random = new Random(seed);
        }

        void round() throws Exception {
            long[] seen = numbers.clone();
            Process process = new ProcessBuilder(writers.command("-XX:SharedArchiveFile=" + writers.archive(), folder))
                    .redirectError(
                            folder.resolveSibling(folder.getFileName() + ".err").toFile())
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
                boolean whileOpening = random.nextInt(5) == 0;
                if (whileOpening) {
                    process.waitFor(100 + random.nextInt(250), TimeUnit.MILLISECONDS);
                } else {
                    note(lines.readLine(), seen);
                    process.waitFor(random.nextInt(120_000), TimeUnit.MICROSECONDS);
                }
                assertThat(process.isAlive())
                        .as("the writers died by themselves: %s", errors())
                        .isTrue();
                process.toHandle()
                        .destroyForcibly(); // of the handle: that of the process also throws away what is in the pipe
                long before = acknowledged;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    note(line, seen);
                }
                if (whileOpening && acknowledged == before) {
                    killedWhileOpening++;
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            check(seen);
        }

        private void note(String line, long[] seen) throws IOException {
            assertThat(line).as("the writers ended: %s", errors()).isNotNull();
            String[] words = line.split(" ", -1);
            seen[Integer.parseInt(words[0])] = Long.parseLong(words[1]);
            acknowledged++;
        }

        private void check(long[] seen) throws IOException {
            try (LogStore store = LogStore.open(
                    KilledWriter.options(folder),
                    Crates.CODEC,
                    InstantSource.fixed(Crates.NOW),
                    Crates.THREADS,
                    Faults.NONE)) {
                assertThat(store.readOnlyReason()).isEmpty();
                assertThat(store.quarantined()).isEmpty();
                Rows rows = store.rows();
                long all = 0;
                for (int writer = 0; writer < seen.length; writer++) {
                    long number = Counter.value(rows, KilledWriter.counter(writer));
                    // each writer waits for its answer, so at most one of its transactions is there that was not
                    // acknowledged
                    assertThat(number).isBetween(seen[writer], seen[writer] + 1);
                    assertCratesOf(writer, number, rows);
                    numbers[writer] = number;
                    all += number;
                }
                assertThat(Counter.value(rows, "checks")).isEqualTo(checks);
                assertThat(rows.sequence()).isEqualTo(all + checks);
                checks++;
                store.write(tx -> {
                    tx.put(Counter.TABLE, Counter.of("checks", checks));
                    return "done";
                });
            }
            try (var files = Files.list(folder)) {
                checkpoints += (int)
                        files.filter(file -> file.toString().endsWith(".mapdb")).count();
            }
        }

        private static void assertCratesOf(int writer, long number, Rows rows) {
            List<Crate> expected = new ArrayList<>();
            for (long n = Math.max(1, number - KilledWriter.SLOTS + 1); n <= number; n++) {
                expected.add(KilledWriter.crate(writer, n));
            }
            for (Crate crate : expected) {
                assertThat(rows.get(Crate.TABLE, new CrateId(crate.id().value())))
                        .contains(crate);
            }
            assertThat(rows.count(Crate.TABLE, Crate.BY_OWNER, KilledWriter.counter(writer)))
                    .isEqualTo(expected.size());
        }

        private String errors() throws IOException {
            return Files.readString(folder.resolveSibling(folder.getFileName() + ".err"));
        }
    }

    @Test
    void everyAcknowledgedWriteSurvivesEveryKill(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("seed", 20261121);
        Writers writers = Writers.trained(folder);
        List<Lane> lanes = new ArrayList<>();
        List<Future<?>> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(LANES)) {
            for (int i = 0; i < LANES; i++) {
                Lane lane = new Lane(Files.createDirectory(folder.resolve("lane" + i)), writers, seed + i);
                lanes.add(lane);
                results.add(executor.submit((Callable<?>) () -> {
                    for (int round = 0; round < KILLS / LANES; round++) {
                        lane.round();
                    }
                    return "done";
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        }
        System.out.printf(
                "kill test: seed %d, %d kills (%d of them before the first write), %,d transactions acknowledged, %,d written, all there%n",
                seed,
                KILLS / LANES * LANES,
                lanes.stream().mapToInt(lane -> lane.killedWhileOpening).sum(),
                lanes.stream().mapToLong(lane -> lane.acknowledged).sum(),
                lanes.stream()
                        .flatMapToLong(lane -> Arrays.stream(lane.numbers))
                        .sum());
        assertThat(lanes).allSatisfy(lane -> assertThat(lane.acknowledged).isPositive());
        assertThat(lanes).allSatisfy(lane -> assertThat(lane.checkpoints).isPositive());
    }

    @Test
    void aSecondProcessIsTurnedAway(@TempDir Path temporary) throws Exception {
        Path folder = temporary.resolve("store");
        try (LogStore store = Crates.open(KilledWriter.options(folder), Faults.NONE)) {
            Process second = new ProcessBuilder(Writers.of(temporary).command("-Xshare:auto", folder))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(second.waitFor()).isNotZero();
            assertThat(said).contains("another process has it open").contains(folder.toString());
            assertThat(store.readOnlyReason()).isEmpty();
        }
    }

    /**
     * How a {@link KilledWriter} is started, fast: without the logging library and with an archive of its classes, which needs all of them in jars.
     */
    private record Writers(String classPath, Path archive) {

        static Writers trained(Path folder) throws Exception {
            Writers writers = of(folder);
            Path output = folder.resolve("trained.out");
            List<String> command =
                    writers.command("-XX:ArchiveClassesAtExit=" + writers.archive(), folder.resolve("trained"));
            command.add("and end");
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            assertThat(writers.archive()).as(Files.readString(output)).exists();
            return writers;
        }

        static Writers of(Path folder) throws IOException {
            String testClasses = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            List<String> jars = new ArrayList<>();
            for (String entry : testClasses.split(File.pathSeparator, -1)) {
                if (Files.isDirectory(Path.of(entry))) {
                    jars.add(jar(Path.of(entry), folder.resolve("classes" + jars.size() + ".jar"))
                            .toString());
                } else if (!entry.contains("logback")) {
                    jars.add(entry);
                }
            }
            return new Writers(String.join(File.pathSeparator, jars), folder.resolve("classes.jsa"));
        }

        private static Path jar(Path classes, Path jar) throws IOException {
            try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar));
                    Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    to.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                    Files.copy(file, to);
                }
            }
            return jar;
        }

        List<String> command(String flag, Path folder) {
            return new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    flag,
                    "-Xlog:disable", // its warnings would go where the writers print
                    "-Xlog:all=error:stderr",
                    "-Xmx64m",
                    "-cp",
                    classPath,
                    KilledWriter.class.getName(),
                    folder.toString()));
        }
    }
}
