package bricklayer.migrate;

import bricklayer.gluster.Gluster;
import bricklayer.gluster.VolumeDetails;
import bricklayer.host.HostFailure;
import bricklayer.host.HostReader;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one node of each cluster after the other until one can tell. */
public final class AskedBrickOrders implements BrickOrders {

    private static final Logger LOG = LoggerFactory.getLogger(AskedBrickOrders.class);

    private final HostReader hosts;
    private final Gluster gluster;

    public AskedBrickOrders(HostReader hosts, Gluster gluster) {
        this.hosts = hosts;
        this.gluster = gluster;
    }

    @Override
    public Optional<Map<String, VolumeDetails>> volumes(Cluster cluster, List<Node> nodes) {
        if (nodes.isEmpty()) {
            return Optional.of(Map.of());
        }
        try {
            return Optional.of(hosts.queryFirst(nodes.stream().map(Node::host).toList(), gluster.allVolumes()).stream()
                    .collect(Collectors.toMap(VolumeDetails::name, Function.identity(), (one, other) -> one)));
        } catch (HostFailure e) {
            LOG.warn("no node of cluster {} tells its gluster volumes: {}", cluster.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
