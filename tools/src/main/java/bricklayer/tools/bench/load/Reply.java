package bricklayer.tools.bench.load;

import java.util.Optional;

/**
 * What a server answered.
 *
 * @param location empty when there was none
 * @param pending whether it says that the job has not ended
 * @param text the body; empty when it was only counted
 * @param length of the body in bytes
 */
public record Reply(int status, Optional<String> location, boolean pending, String text, long length) {

    /** The last part of {@link #location}, which is an id. */
    public String locationId() {
        String path = location.orElseThrow(() -> new LoadFailed("an answer " + status + " has no Location"));
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
