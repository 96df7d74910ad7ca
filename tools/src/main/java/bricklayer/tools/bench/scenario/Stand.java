package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.WorldOnDisk;
import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.load.Target;
import bricklayer.tools.bench.server.MeasuredServer;
import bricklayer.tools.bench.server.Nodes;
import bricklayer.tools.bench.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives scenarios their servers. Worlds without volumes are made once, over REST, and copied; the full database is one for all scenarios that need it. */
public final class Stand implements AutoCloseable {

    private static final int MAKERS = 16;

    private final Path folder;
    private final BenchSettings settings;
    private final Optional<Target> foreign;
    private final Progress progress;
    private final Map<WorldOnDisk.Size, Path> worlds = new HashMap<>();
    private int servers;
    private Optional<Subject> full = Optional.empty();

    /**
     * @param folder made if it is not there; what is made in it is deleted at the end
     * @param foreign a server that somebody else started, to be measured instead of our own
     */
    public Stand(Path folder, BenchSettings settings, Optional<Target> foreign, Progress progress) {
        this.folder = folder.toAbsolutePath();
        this.settings = settings;
        this.foreign = foreign;
        this.progress = progress;
    }

    public BenchSettings settings() {
        return settings;
    }

    public boolean isForeign() {
        return foreign.isPresent();
    }

    Progress progress() {
        return progress;
    }

    /** A server with nodes and without volumes, which the caller closes. Somebody else's is taken as it is, and given nodes if it has none. */
    Subject empty(Nodes nodes, ServerSettings server) {
        return foreign.isPresent() ? foreign(foreign.get()) : with(nodes, 0, server);
    }

    private Subject foreign(Target target) {
        if (Nodes.clustersOf(target).isEmpty()) {
            progress.say("making " + settings.nodes());
            settings.nodes().make(target, MAKERS);
        }
        return new Subject(target, Optional.empty());
    }

    /** A server with nodes, on which new volumes can be made, and records of so many volumes; the caller closes it. */
    Subject with(Nodes nodes, int volumes, ServerSettings server) {
        return with(nodes, volumes, false, server);
    }

    /**
     * The same.
     *
     * @param bricksOnNodes whether the simulated nodes have the bricks of these volumes, too, which takes 4 GiB of the server's heap for 200,000
     */
    Subject with(Nodes nodes, int volumes, boolean bricksOnNodes, ServerSettings server) {
        Path world = world(nodes, volumes, bricksOnNodes);
        Path own = folder.resolve("server-" + servers++);
        copy(world, own);
        MeasuredServer started = MeasuredServer.start(own, server);
        return new Subject(started.target(), Optional.of(started));
    }

    private Path world(Nodes nodes, int volumes, boolean bricksOnNodes) {
        WorldOnDisk.Size size = new WorldOnDisk.Size(
                nodes.clusters(),
                nodes.nodes(),
                nodes.devices(),
                volumes / nodes.clusters() * nodes.clusters(),
                bricksOnNodes);
        return worlds.computeIfAbsent(size, wanted -> {
            progress.say("making records of " + nodes + " with " + volumes + " volumes");
            Path world = folder.resolve("world-" + worlds.size());
            delete(world);
            WorldOnDisk.write(world, wanted);
            return world;
        });
    }

    /** The server with a full database, one for all scenarios; it is not closed by them. Somebody else's is what it is. */
    Subject full() {
        if (foreign.isPresent()) {
            return foreign(foreign.get());
        }
        if (full.isEmpty()) {
            full = Optional.of(with(settings.nodes(), settings.volumes(), settings.server()));
        }
        return full.get();
    }

    /** The same, without volumes that earlier scenarios have added or lost. */
    Subject fullAnew() {
        forgetFull();
        return full();
    }

    /** Ends it, so that others have the machine for themselves. */
    void forgetFull() {
        full.ifPresent(Subject::close);
        full = Optional.empty();
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new LoadFailed("cannot copy " + from + " to " + to + ": " + e, e);
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new LoadFailed("cannot delete " + folder + ": " + e, e);
        }
    }

    /** Ends the server with the full database, and deletes what lies in the folder. */
    @Override
    public void close() {
        forgetFull();
        delete(folder);
    }
}
