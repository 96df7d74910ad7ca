package bricklayer.operation;

import bricklayer.host.HostReader;
import java.util.List;
import java.util.Optional;

/**
 * Facts that only the host knows once the work on it is done, such as the size of a new volume group. Asked after the last stage and before
 * the end is written, and asked again when that was interrupted. A stored value like {@link Step}.
 */
public interface Survey {

    String name();

    /**
     * The changes to make instead of those planned, of the same rows.
     *
     * @param planned the changes of the plan
     */
    List<RowChange> complete(HostReader hosts, List<RowChange> planned);

    /**
     * Why the caller is to be told of a failure although the changes are made: the work is done as far as it goes, but not as far as was asked. Empty when it is.
     *
     * @param completed what {@link #complete} returned
     */
    default Optional<String> shortfall(List<RowChange> completed) {
        return Optional.empty();
    }
}
