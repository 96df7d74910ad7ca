package bricklayer.client;

import bricklayer.api.TopologyFile;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** One thing that a service lacks to be what a topology file says. Nodes go by their first manage host name. */
public sealed interface TopologyChange {

    /** Such as {@code add-node}. */
    @JsonProperty("change")
    String kind();

    /**
     * A cluster is created.
     *
     * @param cluster a name for it within the plan
     */
    record AddCluster(String cluster, boolean file, boolean block) implements TopologyChange {
        @Override
        public String kind() {
            return "add-cluster";
        }
    }

    /**
     * A node is added.
     *
     * @param cluster its id, or its name within the plan
     */
    record AddNode(String cluster, String host, TopologyFile.Node node) implements TopologyChange {
        @Override
        public String kind() {
            return "add-node";
        }
    }

    record SetZone(String node, String host, int before, int zone) implements TopologyChange {
        @Override
        public String kind() {
            return "set-zone";
        }
    }

    /**
     * Tags of a node are set; others that it has stay.
     *
     * @param before the values that are replaced
     */
    record TagNode(String node, String host, Map<String, String> before, Map<String, String> tags)
            implements TopologyChange {
        @Override
        public String kind() {
            return "tag-node";
        }
    }

    record AddDevice(String host, TopologyFile.Device device) implements TopologyChange {
        @Override
        public String kind() {
            return "add-device";
        }
    }

    /** As {@link TagNode}. */
    record TagDevice(String device, String host, String name, Map<String, String> before, Map<String, String> tags)
            implements TopologyChange {
        @Override
        public String kind() {
            return "tag-device";
        }
    }
}
