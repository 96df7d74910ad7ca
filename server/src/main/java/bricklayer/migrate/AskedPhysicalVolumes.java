package bricklayer.migrate;

import bricklayer.host.HostFailure;
import bricklayer.host.HostReader;
import bricklayer.inventory.Node;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.PvSeen;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the node. */
public final class AskedPhysicalVolumes implements PhysicalVolumes {

    private static final Logger LOG = LoggerFactory.getLogger(AskedPhysicalVolumes.class);

    private final HostReader hosts;
    private final Lvm lvm;

    public AskedPhysicalVolumes(HostReader hosts, Lvm lvm) {
        this.hosts = hosts;
        this.lvm = lvm;
    }

    @Override
    public Optional<Map<String, String>> byGroup(Node node) {
        try {
            return Optional.of(hosts.query(node.host(), lvm.groups()).physicalVolumes().stream()
                    .filter(pv -> !pv.group().isEmpty())
                    .collect(Collectors.toMap(PvSeen::group, PvSeen::uuid, (one, other) -> one)));
        } catch (HostFailure e) {
            LOG.warn("node {} does not tell its physical volumes: {}", node.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
