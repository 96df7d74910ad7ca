package bricklayer.operation;

import java.util.Optional;

/**
 * How a caller wants an operation.
 *
 * @param key a second request with the same key gets the operation of the first; empty for a request that always begins anew
 * @param counted whether it takes one of the limited places for running operations
 * @param tries how often to plan anew after a failed try that was taken back; 1 for one try
 */
public record Request(Optional<RequestKey> key, boolean counted, int tries) {

    public static final Request UNCOUNTED = new Request(Optional.empty(), false, 1);
    public static final Request COUNTED = new Request(Optional.empty(), true, 1);

    public Request withTries(int most) {
        return new Request(key, counted, most);
    }

    public Request withKey(Optional<RequestKey> newKey) {
        return new Request(newKey, counted, tries);
    }
}
