package bricklayer.tools.bench.server;

import bricklayer.tools.bench.load.LoadFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a collector wrote with {@code -Xlog:gc,safepoint}.
 *
 * @param collections in the order of time
 * @param pauses in which all threads stood, for whatever reason
 */
public record GcLog(List<Collection> collections, List<Pause> pauses) {

    /**
     * One collection.
     *
     * @param atSeconds since the start of the process
     * @param usedMib of the heap afterwards
     * @param committedMib what the heap takes
     */
    public record Collection(double atSeconds, double usedMib, double committedMib) {}

    /** One time when all threads stood. */
    public record Pause(double atSeconds, double millis, String why) {}

    /** {@code [1.234s] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 24M->5M(256M) 3.456ms}, of any collector. */
    private static final Pattern COLLECTION = Pattern.compile("\\[([0-9.]+)s\\].* (\\d+)M->(\\d+)M\\((\\d+)M\\).*");

    /** ZGC: {@code [1.234s] GC(3) Major Collection (Warmup) 24M(1%)->5M(0%) 0.034s}. */
    private static final Pattern PERCENT =
            Pattern.compile("\\[([0-9.]+)s\\].* (\\d+)M\\((\\d+)%\\)->(\\d+)M\\((\\d+)%\\).*");

    private static final Pattern SAFEPOINT =
            Pattern.compile("\\[([0-9.]+)s\\].*Safepoint \"([^\"]*)\".*Total: +(\\d+) ns.*");

    public GcLog {
        collections = List.copyOf(collections);
        pauses = List.copyOf(pauses);
    }

    public static GcLog read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw new LoadFailed("cannot read the log of the collector: " + e, e);
        }
    }

    static GcLog parse(List<String> lines) {
        List<Collection> collections = new ArrayList<>();
        List<Pause> pauses = new ArrayList<>();
        for (String line : lines) {
            Matcher collection = COLLECTION.matcher(line);
            Matcher percent = PERCENT.matcher(line);
            Matcher safepoint = SAFEPOINT.matcher(line);
            if (safepoint.matches()) {
                pauses.add(new Pause(
                        Double.parseDouble(safepoint.group(1)),
                        Long.parseLong(safepoint.group(3)) / 1e6,
                        safepoint.group(2)));
            } else if (collection.matches()) {
                collections.add(new Collection(
                        Double.parseDouble(collection.group(1)),
                        Double.parseDouble(collection.group(3)),
                        Double.parseDouble(collection.group(4))));
            } else if (percent.matches()) {
                double used = Double.parseDouble(percent.group(4));
                collections.add(new Collection(Double.parseDouble(percent.group(1)), used, used));
            }
        }
        return new GcLog(collections, pauses);
    }

    /** Without what was before: a start, work that is not measured. */
    public GcLog since(double seconds) {
        return new GcLog(
                collections.stream().filter(each -> each.atSeconds() >= seconds).toList(),
                pauses.stream().filter(each -> each.atSeconds() >= seconds).toList());
    }

    public double longestPauseMillis() {
        return pauses.stream().mapToDouble(Pause::millis).max().orElse(0);
    }

    /** The most that was left in use by a collection. */
    public double mostUsedMib() {
        return collections.stream().mapToDouble(Collection::usedMib).max().orElse(0);
    }

    public double lastUsedMib() {
        return collections.isEmpty() ? 0 : collections.getLast().usedMib();
    }

    public double committedMib() {
        return collections.stream().mapToDouble(Collection::committedMib).max().orElse(0);
    }
}
