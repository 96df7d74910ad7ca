package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Brick;
import bricklayer.executor.simulated.Facts.Directory;
import bricklayer.executor.simulated.Facts.GlusterVolume;
import bricklayer.executor.simulated.Facts.Layout;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What gluster asks of a directory before it takes it for a brick, and before it starts it. */
final class GlusterBricks {

    private final Node node;
    private final Pools pools;
    private final Changes changes;

    GlusterBricks(Node node, Pools pools, Changes changes) {
        this.node = node;
        this.pools = pools;
        this.changes = changes;
    }

    /** @param names {@code host:/path} each */
    List<Brick> parse(List<String> names) {
        return names.stream()
                .map(name -> {
                    int colon = name.indexOf(":/");
                    if (colon < 1) {
                        throw new NotSimulated("brick " + name);
                    }
                    String storage = name.substring(0, colon);
                    return new Brick(pools.byStorageName(storage).name(), storage, name.substring(colon + 1));
                })
                .toList();
    }

    /** Why these cannot become bricks. Missing directories are made, as glusterd does. */
    Optional<String> refusal(List<Brick> bricks, Layout layout) {
        Set<String> seen = new HashSet<>();
        for (Brick brick : bricks) {
            Node host = pools.byHost(brick.host());
            if (!seen.add(brick.name())) {
                return Optional.of("Found duplicate exports " + brick.name());
            }
            if (!pools.together(node, host)) {
                return Optional.of("Host " + brick.storage() + " is not in 'Peer in Cluster' state");
            }
            if (!host.answersGluster()) {
                return Optional.of("Host " + brick.storage() + " not connected");
            }
            if (pools.overlapsBrick(host, brick.path())) {
                return Optional.of("Brick: " + brick.name()
                        + " not available. Brick may be containing or be contained by an existing brick.");
            }
        }
        if (sameServerTwice(bricks, layout.setSize())) {
            String kind = layout.disperse() > 0 ? "disperse" : "replicate";
            return Optional.of(
                    "Multiple bricks of a " + kind + " volume are present on the same server. This setup is not"
                            + " optimal. Bricks should be on different nodes to have best fault tolerant configuration. Use"
                            + " 'force' at the end of the command if you want to override this behavior. ");
        }
        return bricks.stream()
                .flatMap(brick -> directoryRefusal(brick).stream())
                .findFirst();
    }

    private static boolean sameServerTwice(List<Brick> bricks, int setSize) {
        for (int first = 0; first < bricks.size(); first += setSize) {
            Set<String> hosts = new HashSet<>();
            for (Brick brick : bricks.subList(first, first + setSize)) {
                if (!hosts.add(brick.host())) {
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<String> directoryRefusal(Brick brick) {
        Node host = pools.byHost(brick.host());
        String path = brick.path();
        if (host.directory(path).isEmpty() && host.directory(Node.parent(path)).isEmpty()) {
            return Optional.of("Failed to create brick directory for brick " + brick.name()
                    + ". Reason : No such file or directory ");
        }
        if (host.mounts.has(path)) {
            return Optional.of("The brick " + brick.name()
                    + " is a mount point. Please create a sub-directory under the mount point and use that as the brick"
                    + " directory. Or use 'force' at the end of the command if you want to override this behavior.");
        }
        if (host.place(path).fileSystem().equals(Node.ROOT)) {
            return Optional.of("The brick " + brick.name()
                    + " is being created in the root partition. It is recommended that you don't use the system's root"
                    + " partition for storage backend. Or use 'force' at the end of the command if you want to override"
                    + " this behavior.");
        }
        boolean used = host.directory(path)
                .filter(directory -> !directory.volume().isEmpty())
                .isPresent();
        return used ? Optional.of(path + " is already part of a volume") : Optional.empty();
    }

    void take(List<Brick> bricks, String volumeId) {
        for (Brick brick : bricks) {
            Node host = pools.byHost(brick.host());
            host.setDirectory(
                    changes,
                    brick.path(),
                    host.directory(brick.path()).orElse(Directory.PLAIN).markedBy(volumeId));
        }
    }

    /** Why bricks on nodes that are up cannot be started. */
    Optional<String> notThere(String name, GlusterVolume volume) {
        for (Brick brick : volume.bricks()) {
            Node host = pools.byHost(brick.host());
            if (!host.answersGluster()) {
                continue;
            }
            Optional<Directory> directory = host.directory(brick.path());
            if (directory.isEmpty()) {
                return Optional.of("Failed to find brick directory " + brick.path() + " for volume " + name
                        + ". Reason : No such file or directory");
            }
            if (!directory.get().volume().equals(volume.id())) {
                return Optional.of("Volume id mismatch for brick " + brick.name() + ". Expected volume id "
                        + volume.id() + ", volume id " + directory.get().volume() + " found");
            }
        }
        return Optional.empty();
    }
}
