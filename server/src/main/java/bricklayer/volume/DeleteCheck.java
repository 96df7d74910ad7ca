package bricklayer.volume;

import bricklayer.gluster.Gluster;
import bricklayer.host.HostFailure;
import bricklayer.host.HostReader;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks, before a volume is touched, whether gluster would refuse to delete it, so that a refused delete leaves it as it was: started. */
public final class DeleteCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteCheck.class);

    private final HostReader hosts;
    private final Gluster gluster;
    private final KnownDown down;

    public DeleteCheck(HostReader hosts, Gluster gluster, KnownDown down) {
        this.down = down;
        this.hosts = hosts;
        this.gluster = gluster;
    }

    /**
     * @throws Problem 409 when the volume has snapshots
     */
    public void refuseIfGlusterWould(Rows rows, Volume volume) {
        List<Node> nodes = Inventory.bricksOf(rows, volume.id()).stream()
                .map(Brick::node)
                .distinct()
                .map(id -> rows.get(Node.TABLE, id).orElseThrow())
                .toList();
        for (Node node : down.upFirst(nodes)) {
            List<String> snapshots;
            try {
                snapshots = hosts.query(node.host(), gluster.snapshots(volume.name()));
            } catch (HostFailure e) {
                LOG.debug("volume={} cannot be asked for on this node", volume.id(), e);
                continue;
            }
            if (!snapshots.isEmpty()) {
                throw Problem.conflict("Unable to delete volume " + volume.name() + ": it has snapshots")
                        .about("volume " + volume.id())
                        .detail("snapshots", snapshots)
                        .next("delete its snapshots first; the volume is untouched");
            }
            return;
        }
        // Nobody could be asked. The operation will find out, and goes back if gluster refuses.
    }
}
