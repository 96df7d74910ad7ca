package bricklayer.fault;

/**
 * One place, reached at one moment: {@code create-volume/bricks/create-thin-volume@node3:before}, or for a durable write
 * {@code create-volume/end:after}.
 *
 * @param where operation kind, stage and step with its host, or operation kind and the name of the durable write
 */
public record FaultPoint(String where, Moment moment) {

    /** Before: nothing of it has happened. After: all of it has happened, but nobody knows yet. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    @Override
    public String toString() {
        return where + ":" + (moment == Moment.BEFORE ? "before" : "after");
    }
}
