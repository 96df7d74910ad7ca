package bricklayer.operation;

/**
 * What makes a repeated request recognisable.
 *
 * @param key the caller's {@code Idempotency-Key}
 * @param digest identifies method, path and body of the request that came with it
 */
public record RequestKey(String key, String digest) {

    /** No header can hold it. */
    private static final String IMPLIED = "\n";

    /**
     * For a request that came without a key. Nobody can name it, so it begins anew, but others with its digest can be found ({@link Operation#BY_IMPLIED_DIGEST}).
     *
     * @param unique that no other request has
     */
    public static RequestKey implied(String unique, String digest) {
        return new RequestKey(IMPLIED + unique, digest);
    }

    public boolean isImplied() {
        return key.startsWith(IMPLIED);
    }
}
