package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /rebuild}.
 *
 * @param nodes host names to send commands to; beside those of the topology
 * @param topology null for none
 * @param plan only show what would be recovered
 * @param partial take over what is known although some node does not answer
 */
public record RebuildRequest(
        List<String> nodes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TopologyFile topology,
        boolean plan,
        boolean partial) {

    public RebuildRequest {
        nodes = Absent.texts(nodes);
    }
}
