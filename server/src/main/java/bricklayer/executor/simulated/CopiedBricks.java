package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Brick;
import bricklayer.executor.simulated.Facts.Directory;
import bricklayer.executor.simulated.Facts.Lv;
import bricklayer.executor.simulated.Facts.Mount;
import bricklayer.lvm.DeviceMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bricks that glusterd makes itself, as thin snapshots of a volume's bricks in the same pools, and mounts: those of gluster's snapshots and of clones. Runs under the
 * exclusive lock.
 */
final class CopiedBricks {

    private static final String FOLDER = "/run/gluster/snaps";

    private final Pools pools;
    private final Changes changes;

    CopiedBricks(Pools pools, Changes changes) {
        this.pools = pools;
        this.changes = changes;
    }

    boolean allThin(List<Brick> bricks) {
        return bricks.stream().allMatch(brick -> {
            Node host = pools.byHost(brick.host());
            return host.lvs
                    .find(host.place(brick.path()).fileSystem())
                    .filter(lv -> !lv.isPool())
                    .isPresent();
        });
    }

    /**
     * Makes logical volumes named {@code <id without dashes>_<n>}, where n counts the bricks on a node. They are not mounted.
     *
     * @param bricks mounted
     */
    List<Brick> copy(List<Brick> bricks, String id) {
        String hex = id.replace("-", "");
        Map<String, Integer> onHost = new HashMap<>();
        List<Brick> copies = new ArrayList<>();
        for (Brick brick : bricks) {
            Node host = pools.byHost(brick.host());
            Node.Place place = host.place(brick.path());
            String origin = place.fileSystem();
            int number = onHost.merge(brick.host(), 1, Integer::sum) - 1;
            String copy = origin.substring(0, origin.indexOf('/') + 1) + hex + "_" + number;
            Lv lv = host.lvs.find(origin).orElseThrow();
            String name = origin.substring(origin.indexOf('/') + 1);
            changes.put(host.lvs, copy, new Lv(lv.pool(), 0, 0, lv.sizeKiB(), "0", lv.signature(), List.of(), name));
            new TreeMap<>(host.directories.startingWith(origin + ":")).forEach((key, directory) -> {
                String path = key.substring(origin.length() + 1);
                Directory copied = path.equals(place.path()) ? directory.markedBy(id) : directory;
                changes.put(host.directories, new Node.Place(copy, path).key(), copied);
            });
            String path = FOLDER + "/" + hex + "/brick" + (copies.size() + 1) + place.path();
            copies.add(new Brick(brick.host(), brick.storage(), path, copy));
        }
        return copies;
    }

    /** Where a node is away, nothing happens: it mounts them when it returns. */
    void mount(List<Brick> bricks) {
        bricks.stream()
                .filter(brick -> pools.byHost(brick.host()).answersGluster())
                .forEach(this::mount);
    }

    void mount(Brick brick) {
        Node host = pools.byHost(brick.host());
        if (!brick.lv().isEmpty() && host.lvs.has(brick.lv()) && !host.mounts.has(brick.mountPoint())) {
            makeWithParents(host, brick.mountPoint());
            int slash = brick.lv().indexOf('/');
            String device =
                    DeviceMapper.path(brick.lv().substring(0, slash), brick.lv().substring(slash + 1));
            changes.put(host.mounts, brick.mountPoint(), new Mount(device, brick.lv(), "rw,noatime,nouuid"));
        }
    }

    private void makeWithParents(Node host, String path) {
        if (host.directory(path).isEmpty()) {
            makeWithParents(host, Node.parent(path));
            host.setDirectory(changes, path, Directory.PLAIN);
        }
    }

    void unmount(List<Brick> bricks) {
        for (Brick brick : bricks) {
            Node host = pools.byHost(brick.host());
            if (host.answersGluster()) {
                changes.remove(host.mounts, brick.mountPoint());
            }
        }
    }

    /** With their folders. What lies on a node that is away stays. */
    void remove(List<Brick> bricks) {
        unmount(bricks);
        for (Brick brick : bricks) {
            Node host = pools.byHost(brick.host());
            if (host.answersGluster()) {
                host.forgetDirectories(changes, brick.lv());
                changes.remove(host.lvs, brick.lv());
                changes.remove(host.directories, host.place(brick.mountPoint()).key());
                changes.remove(
                        host.directories,
                        host.place(Node.parent(brick.mountPoint())).key());
            }
        }
    }
}
