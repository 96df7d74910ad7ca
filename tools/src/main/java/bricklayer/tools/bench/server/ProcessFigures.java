package bricklayer.tools.bench.server;

import bricklayer.tools.bench.load.LoadFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel says of a process.
 *
 * @param pid of a process of this machine
 */
public record ProcessFigures(long pid) {

    /** Of the kernel, as seen from programs; the same on all machines. */
    private static final double TICKS_A_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    /** Processor time that it has used so far. */
    public double cpuSeconds() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS_A_SECOND;
    }

    /** Memory that it has in use now. */
    public double residentMib() {
        return kib("VmRSS") / 1024.0;
    }

    /** The most that it ever had. */
    public double mostResidentMib() {
        return kib("VmHWM") / 1024.0;
    }

    private long kib(String name) {
        return read("status")
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            throw new LoadFailed("cannot read what the kernel says of process " + pid + ": " + e, e);
        }
    }
}
