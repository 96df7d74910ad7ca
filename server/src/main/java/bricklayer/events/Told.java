package bricklayer.events;

import bricklayer.api.Event;
import bricklayer.api.WireJson;
import bricklayer.dump.Generation;
import bricklayer.store.Transition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * An event as it is sent.
 *
 * @param frame its lines; not copied, nobody changes them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Told(long sequence, int ordinal, Happening what, byte[] frame) {

    /** Takes events, one after the other. */
    interface Listener {
        void hear(Told event);
    }

    /**
     * All events of a write that are wanted, each made when its turn comes. Their ordinals, from 1, count those that are not wanted, too.
     *
     * @param wanted asked before the event is made
     */
    static void each(Transition write, Predicate<Ordered> wanted, Listener listener) {
        String records = Position.records(Generation.of(write.after()));
        List<Happening> all = Happenings.in(write);
        for (int i = 0; i < all.size(); i++) {
            Ordered next = new Ordered(write.sequence(), i + 1, all.get(i));
            if (wanted.test(next)) {
                listener.hear(of(write, next, records));
            }
        }
    }

    /** One of the events of a write, not made yet. */
    record Ordered(long sequence, int ordinal, Happening what) {}

    private static Told of(Transition write, Ordered next, String records) {
        Happening what = next.what();
        String position = new Position(next.sequence(), next.ordinal(), records).toString();
        String json = WireJson.write(new Event(
                position,
                next.sequence(),
                write.time().toString(),
                what.kind().wire(),
                what.type(),
                what.id(),
                what.cluster(),
                what.operation(),
                what.object().get()));
        return new Told(
                next.sequence(),
                next.ordinal(),
                what,
                frame(position, what.kind().wire(), json));
    }

    /** The form of server-sent events. JSON has no line breaks in it. */
    static byte[] frame(String position, String event, String json) {
        return ("id: " + position + "\nevent: " + event + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    Ordered ordered() {
        return new Ordered(sequence, ordinal, what);
    }
}
