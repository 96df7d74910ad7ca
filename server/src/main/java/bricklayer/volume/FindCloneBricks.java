package bricklayer.volume;

import bricklayer.gluster.SnapshotInfo;
import bricklayer.gluster.VolumeInfo;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.lvm.DeviceMapper;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.RowChange;
import bricklayer.operation.Survey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out where gluster has put the bricks of a clone, and that no node knows the snapshot any more that it was made of: one that was away when the snapshot was
 * deleted would bring it back.
 *
 * @param target the clone
 * @param places in gluster's order of the bricks
 */
record FindCloneBricks(GlusterStep.Target target, MountSettings mount, String snapshot, List<Place> places)
        implements Survey {

    /**
     * What is known of a brick before.
     *
     * @param storageHost the node's name in brick addresses
     */
    record Place(BrickId brick, HostName host, String storageHost, String volumeGroup) {}

    FindCloneBricks {
        places = List.copyOf(places);
    }

    @Override
    public String name() {
        return "find-clone-bricks";
    }

    @Override
    public List<RowChange> complete(HostReader hosts, List<RowChange> planned) {
        for (HostName host : target.hosts()) {
            Optional<SnapshotInfo> left = hosts.query(host, target.gluster().snapshot(snapshot));
            if (left.isPresent()) {
                throw new IllegalStateException(host + " still knows snapshot " + snapshot);
            }
        }
        List<String> names = info(hosts).brickNames();
        if (names.size() != places.size()) {
            throw new IllegalStateException(
                    "clone " + target.volume() + " has bricks " + names + ", expected " + places.size());
        }
        Map<BrickId, Found> found = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            found.put(places.get(i).brick(), find(hosts, places.get(i), names.get(i)));
        }
        return planned.stream().map(change -> completed(change, found)).toList();
    }

    private record Found(String lv, String path) {}

    private static RowChange completed(RowChange change, Map<BrickId, Found> found) {
        if (change instanceof RowChange.Create<?, ?> create && create.row() instanceof Brick brick) {
            Found at = found.get(brick.id());
            if (at != null) {
                return new RowChange.Create<>(Brick.TABLE, brick.lyingAt(at.lv(), at.path()));
            }
        }
        return change;
    }

    private VolumeInfo info(HostReader hosts) {
        return hosts.queryFirst(target.hosts(), target.gluster().volumeInfo(target.volume()))
                .orElseThrow(() -> new IllegalStateException("gluster knows no volume " + target.volume()));
    }

    private Found find(HostReader hosts, Place place, String name) {
        String prefix = place.storageHost() + ":";
        if (!name.startsWith(prefix)) {
            throw new IllegalStateException("brick " + name + " of clone " + target.volume() + " is not on "
                    + place.storageHost() + ", where its origin is");
        }
        String path = name.substring(prefix.length());
        String mountPoint = path.substring(0, path.lastIndexOf('/'));
        String lv = hosts.query(place.host(), new Mounts(mount).deviceAt(mountPoint))
                .flatMap(device -> DeviceMapper.volumeOf(place.volumeGroup(), device))
                .orElseThrow(() -> new IllegalStateException(
                        "no logical volume of " + place.volumeGroup() + " is mounted at " + mountPoint));
        return new Found(lv, path);
    }
}
