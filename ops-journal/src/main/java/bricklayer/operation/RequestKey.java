package bricklayer.operation;

/**
 * What makes a repeated request recognisable.
 *
 * @param key the caller's {@code Idempotency-Key}
 * @param digest identifies method, path and body of the request that came with it
 */
public record RequestKey(String key, String digest) {}
