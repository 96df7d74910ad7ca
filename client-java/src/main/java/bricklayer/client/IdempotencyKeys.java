package bricklayer.client;

/** What the server makes of the {@code Idempotency-Key} that every mutating request carries. */
public enum IdempotencyKeys {
    /** A repeated request acts once, so the client repeats a request whose answer was lost. */
    HONOURED,

    /** A repeated request acts twice (Heketi), so the client repeats only what was certainly not sent. */
    IGNORED
}
