package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.load.Target;
import bricklayer.tools.bench.server.MeasuredServer;
import bricklayer.tools.bench.server.Nodes;
import bricklayer.tools.bench.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private final Map<Nodes, Path> worlds = new HashMap<>();
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

    /** A server with nodes and without volumes, which the caller closes. Somebody else's is taken as it is. */
    Subject empty(String name, Nodes nodes, ServerSettings server) {
        if (foreign.isPresent()) {
            return new Subject(foreign.get(), Optional.empty());
        }
        Path world = worlds.computeIfAbsent(nodes, wanted -> make(wanted, server));
        Path own = folder.resolve(name);
        delete(own);
        copy(world, own);
        return subject(MeasuredServer.start(own, server));
    }

    private static Subject subject(MeasuredServer server) {
        return new Subject(server.target(), Optional.of(server));
    }

    private Path make(Nodes nodes, ServerSettings server) {
        progress.say("making " + nodes);
        Path world = folder.resolve("world-" + worlds.size());
        delete(world);
        try (MeasuredServer making = MeasuredServer.start(world, server.taking(Duration.ZERO))) {
            nodes.make(making.target(), MAKERS);
            making.stop();
        }
        return world;
    }

    /** The server with a full database; filled when it is first asked for. */
    Subject full() {
        return full.orElseThrow(() -> new LoadFailed("no scenario has filled a database"));
    }

    /** Whether there is one already. */
    boolean isFull() {
        return full.isPresent();
    }

    /** From now on that is the server with a full database. */
    void keepFull(Subject subject) {
        full = Optional.of(subject);
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
        full.ifPresent(Subject::close);
        delete(folder);
    }
}
