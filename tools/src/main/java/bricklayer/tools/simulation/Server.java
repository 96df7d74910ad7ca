package bricklayer.tools.simulation;

import bricklayer.config.ConfigFile;
import bricklayer.config.ServerConfig;
import bricklayer.main.Formats;
import bricklayer.main.ServerCore;
import bricklayer.store.StoreException;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.log.LogStore;
import bricklayer.tools.simulation.disk.SimulatedDisk;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One process of the server, from its start to its death. */
final class Server {

    /** Small, so that a run goes through several. */
    private static final int SEGMENT_BYTES = 64 << 10;

    private static final Duration QUIET_WAIT = Duration.ofSeconds(15);
    private static final JsonCodec CODEC = Formats.codec();
    private static final ServerConfig CONFIG =
            ConfigFile.parse("""
                    {"port": "8080",
                     "glusterfs": {"executor": "mock", "auto_create_block_hosting_volume": true, "block_hosting_volume_size": 60}}
                    """, Map.of(), ConfigFile.Authentication.DISABLED).config();

    private final Scheduler scheduler;
    private final ServerProcess process;
    private final SplittableRandom random;
    private Optional<ServerCore> core = Optional.empty();
    private Optional<LogStore> store = Optional.empty();
    private Optional<String> refusal = Optional.empty();
    private boolean closed;

    /** @param fault told what nothing in the server caught */
    Server(
            Scheduler scheduler,
            SimulatedDisk disk,
            Network network,
            SplittableRandom random,
            Consumer<Throwable> fault) {
        this.scheduler = scheduler;
        this.random = random;
        this.process = new ServerProcess(scheduler, fault);
        process.start("main", () -> start(disk, network));
    }

    static ServerConfig config() {
        return CONFIG;
    }

    private void start(SimulatedDisk disk, Network network) {
        try {
            LogStore opened = LogStore.open(
                    LogStore.Options.in(disk.path("/data/journal"))
                            .withSegmentBytes(SEGMENT_BYTES)
                            .withCheckpointBytes(Long.MAX_VALUE),
                    CODEC,
                    scheduler::clock,
                    process.factory(),
                    point -> {
                        if (point.where().startsWith("store/frame-")) {
                            process.pass(); // a place to die at; elsewhere the store may hold a monitor
                        }
                    });
            store = Optional.of(opened);
            ServerCore wired = ServerCore.over(
                    new ServerCore.Ground(
                            opened, network.from(process), process, scheduler::clock, random, point -> process.pass()),
                    CONFIG);
            wired.start(CONFIG);
            core = Optional.of(wired);
        } catch (StoreException e) {
            refusal = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Empty while it starts, and when it could not. */
    Optional<ServerCore> core() {
        return closed || !process.isAlive() ? Optional.empty() : core;
    }

    /** Why it could not start. */
    Optional<String> refusal() {
        return refusal;
    }

    Optional<String> readOnlyReason() {
        return store.flatMap(LogStore::readOnlyReason);
    }

    ServerProcess process() {
        return process;
    }

    void kill() {
        process.kill();
    }

    /** Ends in good order, as at SIGTERM. */
    void stop(Runnable then) {
        if (core.isEmpty()) {
            then.run();
            return;
        }
        ServerCore running = core.get();
        core = Optional.empty();
        process.start("shutdown", () -> {
            running.stop();
            try {
                boolean _ = running.operations().awaitQuiet(QUIET_WAIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            try {
                store.ifPresent(LogStore::close);
            } catch (StoreException e) {
                refusal = Optional.of(String.valueOf(e.getMessage()));
            }
            closed = true;
            then.run();
        });
    }
}
