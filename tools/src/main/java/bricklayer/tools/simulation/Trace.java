package bricklayer.tools.simulation;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened, line by line, each with its time. Costs nothing when nobody wants it. */
final class Trace {

    private final boolean wanted;
    private final Supplier<Duration> time;
    private final StringBuilder text = new StringBuilder();

    Trace(boolean wanted, Supplier<Duration> time) {
        this.wanted = wanted;
        this.time = time;
    }

    boolean wanted() {
        return wanted;
    }

    void say(Supplier<String> line) {
        if (wanted) {
            text.append(String.format(Locale.ROOT, "%10.3f  ", time.get().toNanos() / 1e9))
                    .append(line.get().strip().replace("\n", "\n            | "))
                    .append('\n');
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
