package bricklayer.tools.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A run, told in advance.
 *
 * @param seed of everything that chance decides while it happens: who runs next, how long commands take, what a torn write leaves
 * @param nodes how many there are
 */
record Story(long seed, int nodes, List<Event> events) {

    private static final int EVENTS_MIN = 25;
    private static final int EVENTS_SPREAD = 36;
    private static final Event.Kind[] KINDS = Event.Kind.values();
    private static final int WEIGHT =
            Arrays.stream(KINDS).mapToInt(kind -> kind.weight).sum();

    Story {
        events = List.copyOf(events);
    }

    static Story ofSeed(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int nodes = 3 + random.nextInt(3);
        int count = EVENTS_MIN + random.nextInt(EVENTS_SPREAD);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new Event(pause(random), kind(random), number(random), number(random), number(random)));
        }
        return new Story(seed, nodes, events);
    }

    /** Mostly at once or soon, so that things meet; now and then long after. */
    private static long pause(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> random.nextInt(20);
            case 3, 4, 5, 6 -> random.nextInt(2_000);
            case 7, 8 -> random.nextInt(20_000);
            default -> random.nextInt(300_000);
        };
    }

    private static Event.Kind kind(SplittableRandom random) {
        int drawn = random.nextInt(WEIGHT);
        for (Event.Kind kind : KINDS) {
            drawn -= kind.weight;
            if (drawn < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    private static int number(SplittableRandom random) {
        return random.nextInt(1_000);
    }

    Story with(List<Event> others) {
        return new Story(seed, nodes, others);
    }

    /** One line of seed and nodes, one for each event. */
    @Override
    public String toString() {
        return seed + " " + nodes + "\n" + events.stream().map(Event::toString).collect(Collectors.joining("\n"));
    }

    static Story parse(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a story without a first line: SEED NODES");
        }
        String[] first = lines.getFirst().strip().split(" ", -1);
        return new Story(
                Long.parseLong(first[0]),
                Integer.parseInt(first[1]),
                lines.stream().skip(1).map(Event::parse).toList());
    }
}
