package bricklayer.tools.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Where it was measured.
 *
 * @param load of the last minute, when measuring began: above 0.5 something else was at work
 * @param flushMillis median time to write 4 KiB and flush them to the disk of the database
 */
public record Machine(
        String system, String processor, int cores, long memoryMib, String java, double load, double flushMillis) {

    private static final int FLUSHES = 200;
    private static final int BLOCK = 4096;

    /**
     * Looks at this machine.
     *
     * @param folder on the disk that counts
     */
    public static Machine here(Path folder) {
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                number(field("/proc/meminfo", "MemTotal")) / 1024,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                flush(folder));
    }

    private static String field(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static long number(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static double flush(Path folder) {
        List<Long> nanos = new ArrayList<>();
        Path file = folder.resolve("flush");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            for (int i = 0; i < FLUSHES; i++) {
                long began = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK));
                channel.force(false);
                nanos.add(System.nanoTime() - began);
            }
        } catch (IOException e) {
            return -1;
        }
        return nanos.stream().sorted().toList().get(FLUSHES / 2) / 1e6;
    }
}
