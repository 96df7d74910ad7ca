package bricklayer.api;

/**
 * Data of an {@code event: gap} of {@code GET /events}: what lies between two positions cannot be told. Whoever keeps a copy reads everything again, and then goes on with the events that follow.
 *
 * @param after what was asked for
 * @param oldest the oldest position that can be gone on from
 * @param position where the stream goes on
 * @param reason why, for people
 * @param next what to do, for people
 */
public record EventGap(String after, String oldest, String position, String reason, String next) {

    public EventGap {
        after = Absent.text(after);
        oldest = Absent.text(oldest);
        position = Absent.text(position);
        reason = Absent.text(reason);
        next = Absent.text(next);
    }
}
