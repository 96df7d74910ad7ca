package bricklayer.tools.simulation;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.host.HostName;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Node;
import bricklayer.main.ServerCore;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.OperationState;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.tools.simulation.disk.SimulatedDisk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One story, acted out: a world is set up, its events happen, then everything is healed, and everything must come to rest and be right. */
final class Run {

    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration REST_MAX = Duration.ofHours(4);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(5);
    private static final Duration OPERATOR_PAUSE = Duration.ofSeconds(30);
    private static final int TURNS_MAX = 3_000_000;
    private static final int STARTS_MAX = 1_000;

    private final Story story;
    private final SplittableRandom random;
    private final Scheduler scheduler;
    private final Trace trace;
    private final SimulatedDisk disk;
    private final Network network;
    private final Clients clients;
    private final Promises promises;
    private @Nullable Server server;
    private Duration upSince = Duration.ZERO;
    private boolean diskWasBad;
    private boolean machineOff;
    private int starts;
    private int waits;
    private @Nullable Throwable fault;

    /**
     * How it ended.
     *
     * @param violation empty when every promise was kept
     * @param trace empty unless it was wanted
     */
    record Outcome(Optional<Violation> violation, String trace, long turns, Duration virtualTime, int operations) {}

    private Run(Story story, boolean traced, boolean diskLies) {
        this.story = story;
        SplittableRandom seeds = new SplittableRandom(story.seed() * 0x9E3779B97F4A7C15L + 1);
        this.random = seeds.split();
        this.scheduler = new Scheduler(seeds.split());
        this.trace = new Trace(traced, scheduler::elapsed);
        this.disk = new SimulatedDisk(seeds.split(), this::flushing);
        if (diskLies) {
            disk.lie();
        }
        this.network = new Network(scheduler, seeds.split(), trace);
        this.clients = new Clients(scheduler, trace);
        this.promises = new Promises(clients, scheduler);
    }

    /**
     * @param traced whether the outcome tells what happened
     * @param diskLies whether flushes do nothing: then promises must be seen to be broken
     */
    static Outcome of(Story story, boolean traced, boolean diskLies) {
        Run run = new Run(story, traced, diskLies);
        Optional<Violation> violation = Optional.empty();
        try {
            run.play();
        } catch (Violation e) {
            violation = Optional.of(e);
            run.trace.say(e::getMessage);
        }
        run.require().kill();
        return new Outcome(violation, run.trace.toString(), run.scheduler.turns(), run.scheduler.elapsed(), (int)
                run.clients.asked().stream()
                        .filter(one -> one.accepted().isPresent())
                        .count());
    }

    private void play() {
        launch();
        setUp();
        for (Event event : story.events()) {
            advance(Duration.ofMillis(event.afterMs()));
            trace.say(event::toString);
            happen(event);
            check();
        }
        heal();
        rest();
    }

    // the world before anything goes wrong

    private void setUp() {
        ServerCore core = awaitUp();
        done(core, (rows, attempt) -> core.clusterPlans().create(rows, new ClusterCreateRequest(true, true)));
        String cluster =
                core.store().rows().all(Cluster.TABLE).iterator().next().id().value();
        Optional<HostName> prober = Optional.empty();
        for (int n = 1; n <= story.nodes(); n++) {
            HostName host = new HostName("node" + n);
            String storage = "10.0.0." + n;
            network.nodes().nameNode(host, storage);
            NodeAddRequest request = new NodeAddRequest(
                    1 + n % 3, new Hostnames(List.of(host.value()), List.of(storage)), cluster, Map.of());
            Optional<HostName> asked = prober;
            done(core, (rows, attempt) -> core.nodePlans().add(rows, request, asked));
            prober = prober.or(() -> Optional.of(host));
        }
        for (Node node : core.store().rows().all(Node.TABLE)) {
            for (String device : List.of("/dev/vdb", "/dev/vdc")) {
                DeviceAddRequest request =
                        new DeviceAddRequest(device, Map.of(), node.id().value(), false);
                done(core, (rows, attempt) -> core.devicePlans().add(rows, request, Optional.empty()));
            }
        }
    }

    private void done(ServerCore core, Planner planner) {
        OperationId[] id = new OperationId[1];
        require().process().start("setup", () -> id[0] = core.operations().submit(Request.UNCOUNTED, planner));
        for (int waited = 0; waited < STARTS_MAX; waited++) {
            advance(STEP);
            if (id[0] != null) {
                Operation operation = core.operations().find(id[0]).orElseThrow();
                if (operation.state() == OperationState.DONE) {
                    return;
                }
                if (!operation.state().open()) {
                    throw new Violation("the world can be set up", operation.toString());
                }
            }
        }
        throw new Violation("the world can be set up", "it takes too long");
    }

    private ServerCore awaitUp() {
        for (int waited = 0; waited < STARTS_MAX; waited++) {
            Optional<ServerCore> core = require().core();
            if (core.isPresent()) {
                return core.get();
            }
            advance(STEP);
        }
        throw new Violation("the server starts", require().refusal().orElse("it takes too long"));
    }

    // time

    private void advance(Duration by) {
        Duration end = scheduler.elapsed().plus(by);
        while (scheduler.stepUntil(end)) {
            mustGoOn();
        }
    }

    private void turns(int count) {
        for (int i = 0; i < count && scheduler.step(); i++) {
            mustGoOn();
        }
    }

    private void mustGoOn() {
        if (fault != null) {
            if (fault instanceof Violation violation) {
                throw violation;
            }
            if (trace.wanted()) {
                java.io.StringWriter text = new java.io.StringWriter();
                fault.printStackTrace(new java.io.PrintWriter(text));
                trace.say(text::toString);
            }
            throw new Violation("no thread dies of a fault of the program", fault.toString());
        }
        if (scheduler.turns() > TURNS_MAX) {
            throw new Violation("everything comes to rest", "more than " + TURNS_MAX + " turns");
        }
    }

    private void flushing() {
        Server now = server;
        if (now != null) {
            now.process().sleep(Duration.ofNanos(100_000 + random.nextInt(5_000_000)));
        }
    }

    // the server's life

    private Server require() {
        if (server == null) {
            throw new IllegalStateException("there was no server yet");
        }
        return server;
    }

    private void launch() {
        if (++starts > STARTS_MAX) {
            throw new Violation("the server starts", "not in " + STARTS_MAX + " attempts");
        }
        trace.say(() -> "server starts");
        diskWasBad = disk.isBad();
        upSince = scheduler.elapsed();
        server = new Server(scheduler, disk, network, random.split(), thrown -> {
            if (fault == null) {
                fault = thrown;
            }
        });
    }

    private void die(Duration down, boolean withPower) {
        Server dead = require();
        dead.kill();
        clients.serverDied(dead.process());
        if (withPower) {
            disk.cutPower();
        } else {
            disk.ownerDied();
        }
        launchAfter(down);
    }

    private void launchAfter(Duration down) {
        machineOff = true;
        int wait = ++waits;
        scheduler.after(down, () -> {
            if (wait == waits && machineOff) {
                machineOff = false;
                launch();
            }
        });
    }

    /** What looks after a server: systemd starts one that could not start, a person one that can no longer write. */
    private void lookAfter() {
        if (machineOff) {
            return;
        }
        Server now = require();
        if (now.refusal().isPresent()) {
            String why = now.refusal().get();
            trace.say(() -> "server ended: " + why);
            if (!diskWasBad) {
                throw new Violation("the server starts", why);
            }
            die(RESTART_PAUSE, false);
        } else if (now.readOnlyReason().isPresent() && now.core().isPresent()) {
            String why = now.readOnlyReason().get();
            trace.say(() -> "server is read-only: " + why);
            if (!diskWasBad) {
                throw new Violation("a crash makes nothing read-only", why);
            }
            die(OPERATOR_PAUSE, false);
        }
    }

    // events

    private void happen(Event event) {
        Duration while_ = Duration.ofMillis(1_000L + (long) event.b() * event.b() * 2);
        switch (event.kind()) {
            case POWER_CUT -> during(event, while_, network::cutPower, network::returnPower);
            case UNREACHABLE -> during(event, while_, host -> network.disconnect(host, false), network::reconnect);
            case ISOLATED -> during(event, while_, host -> network.disconnect(host, true), network::reconnect);
            case SLOW ->
                during(event, while_, host -> network.slow(host, 2 + event.c() % 60), host -> network.slow(host, 1));
            case GLUSTERD_DEAD -> during(event, while_, network::stopGlusterd, network::startGlusterd);
            case MISHAP -> {
                Network.Mishap[] all = Network.Mishap.values();
                for (int i = 0; i <= event.b() % 4; i++) {
                    network.expect(all[event.a() % all.length]);
                }
            }
            case KILL -> {
                turns(event.a() % 500);
                if (!machineOff) {
                    trace.say(() -> "server is killed");
                    die(Duration.ofMillis(event.b() * 10L), false);
                }
            }
            case SERVER_POWER_CUT -> {
                turns(event.a() % 500);
                if (!machineOff) {
                    trace.say(() -> "server loses power");
                    die(Duration.ofMillis(event.b() * 100L), true);
                }
            }
            case RESTART -> {
                if (!machineOff) {
                    Server stopping = require();
                    stopping.stop(() -> scheduler.after(Duration.ZERO, () -> {
                        if (stopping == server && stopping.process().isAlive()) {
                            trace.say(() -> "server has stopped");
                            die(Duration.ofMillis(event.b() * 10L), false);
                        }
                    }));
                }
            }
            case FLUSH_FAILS -> {
                diskWasBad = true;
                disk.failNextFlush();
            }
            case DISK_FULL -> {
                diskWasBad = true;
                disk.full(true);
                scheduler.after(while_, () -> disk.full(false));
            }
            case CLOCK_JUMP -> scheduler.jump(Duration.ofSeconds((event.a() - 500L) * 7));
            default -> {
                if (machineOff) {
                    trace.say(() -> "  nobody listens");
                } else {
                    clients.act(event, require());
                }
            }
        }
    }

    private interface Harm {
        void on(HostName host);
    }

    private void during(Event event, Duration time, Harm begin, Harm end) {
        HostName host = new HostName("node" + (1 + event.a() % story.nodes()));
        trace.say(() -> "  " + host + " for " + time.toMillis() + " ms");
        begin.on(host);
        scheduler.after(time, () -> {
            trace.say(() -> host + ": " + event.kind() + " is over");
            end.on(host);
        });
    }

    // what must be true

    private void check() {
        mustGoOn();
        lookAfter();
        if (!machineOff) {
            Server now = require();
            now.core().filter(core -> now.readOnlyReason().isEmpty()).ifPresent(core -> {
                promises.mustHold(core);
                promises.mustAnswer(now.process(), upSince);
            });
        }
    }

    private void heal() {
        trace.say(() -> "everything is healed");
        network.heal();
        disk.heal();
    }

    private void rest() {
        Duration end = scheduler.elapsed().plus(REST_MAX);
        while (!isAtRest()) {
            if (scheduler.elapsed().compareTo(end) > 0) {
                throw new Violation(
                        "no operation is open forever",
                        require()
                                .core()
                                .map(core -> Operation.open(core.store().rows()).toString())
                                .orElse("the server does not start"));
            }
            advance(STEP.multipliedBy(4));
            check();
        }
        ServerCore core = require().core().orElseThrow();
        promises.mustBeKept(core);
        new Agreement(core.store().rows(), network.nodes()).mustBe();
        if (network.counters().notSimulated() > 0) {
            throw new Violation(
                    "the model knows every command", network.counters().toString());
        }
        trace.say(() -> "at rest, and all is well");
    }

    private boolean isAtRest() {
        if (machineOff || network.isBusy()) {
            return false;
        }
        Server now = require();
        return now.readOnlyReason().isEmpty()
                && now.core()
                        .filter(core -> Operation.open(core.store().rows()).isEmpty() && promises.areAllAnswered())
                        .isPresent();
    }
}
