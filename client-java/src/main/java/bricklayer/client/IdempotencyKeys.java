package bricklayer.client;

/** What the server makes of the {@code Idempotency-Key} that every mutating request carries. */
public enum IdempotencyKeys {
    /**
     * Not known, which is the default. When an answer is lost, the client asks what kind of server it is before it repeats the request; a Heketi is not asked twice.
     */
    ASKED,

    /** A repeated request acts once, so the client repeats a request whose answer was lost. */
    HONOURED,

    /** A repeated request acts twice (Heketi), so the client repeats only what was certainly not sent. */
    IGNORED
}
