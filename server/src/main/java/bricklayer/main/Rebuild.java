package bricklayer.main;

import bricklayer.config.ServerConfig;
import bricklayer.fault.FaultPoint;
import bricklayer.fault.FaultPoint.Moment;
import bricklayer.gluster.Gluster;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.host.HostReader;
import bricklayer.host.Hosts;
import bricklayer.lvm.Lvm;
import bricklayer.mount.Mounts;
import bricklayer.operation.Threads;
import bricklayer.operation.VirtualThreads;
import bricklayer.rebuild.NodeNamed;
import bricklayer.rebuild.NodeReader;
import bricklayer.rebuild.Rebuilt;
import bricklayer.store.StoreException;
import bricklayer.store.disk.Folder;
import bricklayer.store.log.LogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes the data folder of a server from nothing but the nodes, while no server runs. */
public final class Rebuild {

    private static final String UNFINISHED = "journal.rebuild";
    private static final String MOVE = "rebuild/move";

    private Rebuild() {}

    /** Asks the nodes in the way that the configuration says. */
    public static Rebuilt read(ServerConfig config, List<NodeNamed> nodes) {
        try (NodeAccess access = NodeAccess.of(config)) {
            return reader(new Hosts(access.executor()), Tuning.of(config), new VirtualThreads())
                    .read(NodeNamed.each(nodes));
        }
    }

    static NodeReader reader(HostReader hosts, Tuning tuning, Threads threads) {
        return new NodeReader(
                hosts,
                new Lvm(tuning.lvm()),
                new Gluster(tuning.gluster()),
                new GlusterBlock(tuning.blockVolumes().commands()),
                new Mounts(tuning.mount()),
                threads);
    }

    /**
     * Refuses a folder with records, before anybody is asked anything.
     *
     * @throws StoreException when there are some
     */
    public static void requireEmpty(Path data) {
        Path journal = Tuning.journal(data);
        try {
            if (Files.isDirectory(journal)) {
                try (Stream<Path> files = Files.list(journal)) {
                    if (files.findAny().isPresent()) {
                        throw new StoreException(journal
                                + " holds records, which are not overwritten; move it away, or name another folder");
                    }
                }
            }
        } catch (IOException e) {
            throw new StoreException("cannot look into " + journal + ": " + e, e);
        }
    }

    /**
     * The records become those of the folder, all of them or none: they are written beside and moved there.
     *
     * @throws StoreException when the folder holds some, or cannot be written
     */
    public static void write(Path data, Rebuilt rebuilt) {
        write(data, rebuilt, OfflineStore.USUAL);
    }

    static void write(Path data, Rebuilt rebuilt, OfflineStore opener) {
        requireEmpty(data);
        Path journal = Tuning.journal(data);
        Path unfinished = data.resolve(UNFINISHED);
        try {
            delete(unfinished);
            Files.createDirectories(unfinished);
            try (LogStore store = opener.open(unfinished)) {
                rebuilt.writeTo(store);
            }
            opener.faults().reach(new FaultPoint(MOVE, Moment.BEFORE));
            Files.deleteIfExists(journal);
            Files.move(unfinished, journal, StandardCopyOption.ATOMIC_MOVE);
            // else a power cut could take the name back after it was said to be done
            Folder.force(data);
            opener.faults().reach(new FaultPoint(MOVE, Moment.AFTER));
        } catch (IOException e) {
            throw new StoreException("cannot write the records into " + data + ": " + e, e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
