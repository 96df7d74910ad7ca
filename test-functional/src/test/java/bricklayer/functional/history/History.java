package bricklayer.functional.history;

import bricklayer.api.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened from one moment without operations to the next. It begins and ends with all that there was to see, read by the {@link #WITNESS} while nobody else was there.
 *
 * @param exchanges by number
 */
public record History(List<Exchange> exchanges, List<Kill> kills) {

    /** The client that only looks, at both ends. */
    public static final String WITNESS = "witness";

    /** One line of the file. */
    record Line(@Nullable Exchange exchange, @Nullable Kill kill) {}

    /** Reads a file of {@link Recorder}. */
    public static History read(Path file) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        List<Kill> kills = new ArrayList<>();
        for (String text : Files.readAllLines(file)) {
            Line line = WireJson.read(text, Line.class);
            if (line.exchange() != null) {
                exchanges.add(line.exchange());
            }
            if (line.kill() != null) {
                kills.add(line.kill());
            }
        }
        exchanges.sort(java.util.Comparator.comparingLong(Exchange::number));
        return new History(exchanges, kills);
    }

    /** From when on this start of the server could do nothing any more; never, when it was not killed. */
    long dead(int server) {
        return kills.stream()
                .filter(kill -> kill.server() == server)
                .mapToLong(Kill::dead)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
