package bricklayer.events;

import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.problem.Problem;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code GET /events}. */
public final class EventRoutes implements Routes {

    /** As in the HTML standard: a browser sends it when it connects again, to the address that it was given first. */
    private static final String LAST_SEEN = "Last-Event-ID";

    private static final int VALUES_MAX = 100;

    private final EventStreams streams;

    public EventRoutes(EventStreams streams) {
        this.streams = streams;
    }

    @Override
    public void mount(Router router) {
        router.get("/events", this::send);
    }

    private void send(Context ctx) {
        Optional<Position> after = after(ctx);
        Filter filter = filter(ctx);
        boolean follow = follow(ctx);
        try (EventStreams.Place place = streams.place()) {
            Replies.events(ctx, connection -> place.send(connection, after, filter, follow));
        }
    }

    private static Optional<Position> after(Context ctx) {
        String header = ctx.header(LAST_SEEN);
        String asked = header == null || header.isBlank() ? ctx.queryParam("after") : header.strip();
        if (asked == null || asked.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Position.parse(asked)
                        .orElseThrow(
                                () -> Problem.invalid("no position of an event: " + shown(asked))
                                        .next(
                                                "send the id of the last event that was seen, as it came, or the number of a write, such as 1842; leave it out to begin with what happens next")));
    }

    private static boolean follow(Context ctx) {
        String asked = ctx.queryParam("follow");
        if (asked == null || asked.equals("true")) {
            return true;
        }
        if (asked.equals("false")) {
            return false;
        }
        throw Problem.invalid("follow is true or false, not " + shown(asked));
    }

    private static Filter filter(Context ctx) {
        Set<EventKind> kinds = values(ctx, "kind").stream()
                .map(word -> EventKind.named(word)
                        .orElseThrow(() -> Problem.invalid("no kind of events: " + shown(word))
                                .next("kinds are " + EventKind.words())))
                .collect(Collectors.toSet());
        return new Filter(kinds, values(ctx, "id"), values(ctx, "cluster"), values(ctx, "operation"));
    }

    /** Of a parameter that may come several times, and hold several values with commas between them. */
    private static Set<String> values(Context ctx, String name) {
        Set<String> values = ctx.queryParams(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (values.size() > VALUES_MAX) {
            throw Problem.invalid(name + " names " + values.size() + " values; at most " + VALUES_MAX);
        }
        return values;
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), 100));
    }
}
