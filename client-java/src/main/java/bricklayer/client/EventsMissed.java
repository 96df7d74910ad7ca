package bricklayer.client;

import bricklayer.api.EventGap;

/** Some events cannot be told. Whoever keeps a copy of the objects reads them anew; the stream goes on behind the gap. */
public final class EventsMissed extends BricklayerException {

    private final transient EventGap gap;

    EventsMissed(EventGap gap) {
        super(
                "what happened after " + gap.after() + " cannot be told: " + gap.reason() + "; " + gap.next()
                        + " (the stream goes on after " + gap.position() + ")",
                null);
        this.gap = gap;
    }

    public EventGap gap() {
        return gap;
    }
}
