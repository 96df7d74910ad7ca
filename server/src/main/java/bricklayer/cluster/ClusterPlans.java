package bricklayer.cluster;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.WireJson;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Node;
import bricklayer.inventory.Views;
import bricklayer.inventory.Volume;
import bricklayer.operation.Ids;
import bricklayer.operation.Plan;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;

/** What making, changing and deleting a cluster does. A cluster is only a row: none of this touches a host, so each is one write. */
public final class ClusterPlans {

    private final Ids ids;

    public ClusterPlans(Ids ids) {
        this.ids = ids;
    }

    public Plan create(Rows rows, ClusterCreateRequest request) {
        Cluster cluster = new Cluster(new ClusterId(ids.next()), request.file(), request.block());
        return Plan.of("create-cluster")
                .creates(Cluster.TABLE, cluster)
                .answer(WireJson.write(Views.cluster(rows, cluster)))
                .build();
    }

    public Plan setFlags(Rows rows, ClusterId id, ClusterFlagsRequest request) {
        Cluster changed = new Cluster(find(rows, id).id(), request.file(), request.block());
        return Plan.of("set-cluster-flags").updates(Cluster.TABLE, changed).build();
    }

    public Plan delete(Rows rows, ClusterId id) {
        Cluster cluster = find(rows, id);
        int nodes = rows.count(Node.TABLE, Node.BY_CLUSTER, id.value());
        int volumes = rows.count(Volume.TABLE, Volume.BY_CLUSTER, id.value());
        if (nodes + volumes > 0) {
            throw Problem.conflict("Unable to delete cluster [" + id + "] because it contains volumes and/or nodes")
                    .about("cluster " + id)
                    .detail("nodes", nodes)
                    .detail("volumes", volumes)
                    .next("delete its volumes, then its nodes, then the cluster");
        }
        return Plan.of("delete-cluster").deletes(Cluster.TABLE, cluster).build();
    }

    static Cluster find(Rows rows, ClusterId id) {
        return rows.get(Cluster.TABLE, id).orElseThrow(Problem::notFound);
    }
}
