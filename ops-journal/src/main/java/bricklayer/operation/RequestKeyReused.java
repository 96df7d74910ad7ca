package bricklayer.operation;

/** An {@code Idempotency-Key} came back with a different request. Nothing was begun. */
public class RequestKeyReused extends RuntimeException {

    public RequestKeyReused(String key, Operation first) {
        super("the Idempotency-Key " + key + " was used for another request (operation " + first.id() + ", "
                + first.kind() + "); use a new key for a new request");
    }
}
