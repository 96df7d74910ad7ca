package bricklayer.operation;

import org.jspecify.annotations.Nullable;

/**
 * How a caller wants an operation.
 *
 * @param key a second request with the same key gets the operation of the first; null for a request that always begins anew
 * @param counted whether it takes one of the limited places for running operations
 * @param tries how often to plan anew after a failed try that was taken back; 1 for one try
 */
public record Request(@Nullable RequestKey key, boolean counted, int tries) {

    public static final Request UNCOUNTED = new Request(null, false, 1);
    public static final Request COUNTED = new Request(null, true, 1);

    public Request withTries(int most) {
        return new Request(key, counted, most);
    }

    public Request withKey(@Nullable RequestKey newKey) {
        return new Request(newKey, counted, tries);
    }
}
