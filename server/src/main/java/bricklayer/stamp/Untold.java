package bricklayer.stamp;

import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.store.Rows;
import java.util.HashSet;
import java.util.Set;

/** Of what the nodes are still to be told: whatever they say of it now is no disagreement. */
public final class Untold {

    private final Set<String> things = new HashSet<>();

    public Untold(Rows rows) {
        rows.all(Unstamped.TABLE).forEach(due -> things.add(due.kind() + " " + due.object()));
    }

    public boolean isDue(Node node, Device device) {
        return things.contains(Unstamped.Kind.CLUSTER + " " + node.cluster())
                || things.contains(Unstamped.Kind.NODE + " " + node.id())
                || things.contains(Unstamped.Kind.DEVICE + " " + device.id());
    }

    public boolean isDue(Volume volume) {
        return things.contains(Unstamped.Kind.VOLUME + " " + volume.id());
    }
}
