package bricklayer.operation;

import bricklayer.host.HostReader;
import java.util.List;

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
}
