package bricklayer.client;

import bricklayer.api.ClusterInfo;
import bricklayer.api.TopologyInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Puts the topology together from what there is an endpoint for. Between two requests things may vanish: they are left out. */
final class TopologyReader {

    private final BricklayerClient client;

    TopologyReader(BricklayerClient client) {
        this.client = client;
    }

    TopologyInfo read() {
        return new TopologyInfo(present(client.clusters(), client::cluster).stream()
                .map(this::read)
                .toList());
    }

    private TopologyInfo.Cluster read(ClusterInfo cluster) {
        return new TopologyInfo.Cluster(
                present(cluster.volumes(), client::volume),
                present(cluster.nodes(), client::node),
                cluster.id(),
                cluster.block(),
                cluster.file());
    }

    private static <T> List<T> present(List<String> ids, Function<String, T> one) {
        return ids.stream().flatMap(id -> present(id, one).stream()).toList();
    }

    private static <T> Optional<T> present(String id, Function<String, T> one) {
        try {
            return Optional.of(one.apply(id));
        } catch (NotFound gone) {
            return Optional.empty();
        }
    }
}
