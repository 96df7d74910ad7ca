package bricklayer.client;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.ClusterInfo;
import bricklayer.api.ClusterList;
import java.util.List;

/** Clusters: which nodes belong together, and what may be put on them. Part of {@link BricklayerClient}. */
public sealed interface ClusterCalls permits BricklayerClient {

    default ClusterInfo createCluster(ClusterCreateRequest request) {
        return Wire.of(this).change("POST", "/clusters", request).require(201).as(ClusterInfo.class);
    }

    /** Ids, ascending. */
    default List<String> clusters() {
        return Wire.of(this).get("/clusters", ClusterList.class).clusters();
    }

    default ClusterInfo cluster(String id) {
        return Wire.of(this).get("/clusters/" + Wire.segment(id), ClusterInfo.class);
    }

    default void setClusterFlags(String id, ClusterFlagsRequest request) {
        Wire.of(this)
                .change("POST", "/clusters/" + Wire.segment(id) + "/flags", request)
                .require(200);
    }

    /** Refused with {@link Conflict} while it has nodes or volumes. */
    default void deleteCluster(String id) {
        Wire.of(this).change("DELETE", "/clusters/" + Wire.segment(id), null).require(200);
    }
}
