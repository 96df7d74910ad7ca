package bricklayer.tools.simulation;

import bricklayer.executor.simulated.CommandFaults.Fault;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.CommandResult.Unknown;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The way from servers to the simulated nodes, and the nodes' own time. A command travels, works for a while, has its effect at the end of that, and its answer travels back. It goes on when the server
 * that sent it is gone, and ends with the power of its node, having done all, a half or nothing.
 */
final class Network {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** After so long without a sign of life a connection counts as broken. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

    private static final Duration SETTLE_POLL = Duration.ofMillis(200);
    private static final Duration SETTLE_MAX = Duration.ofMinutes(15);

    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Trace trace;
    private final SimulatedExecutor inner = new SimulatedExecutor(
            SimulatedNodes.inMemory(bricklayer.executor.simulated.SimulatedSettings.DEFAULTS), pause -> {});
    private final List<Work> working = new ArrayList<>();
    private final Map<HostName, Integer> slowness = new HashMap<>();
    private final Set<HostName> off = new HashSet<>();
    private final Set<HostName> away = new HashSet<>();
    private final Set<HostName> alone = new HashSet<>();
    private final List<Mishap> mishaps = new ArrayList<>();
    private Fault fault = Fault.NONE;

    /** What will happen to commands that come. */
    enum Mishap {
        /** Refused by gluster because somebody else is at it. */
        LOCKED,
        /** Refused because there is no room. */
        NO_SPACE,
        /** The disk under it cannot be written. */
        DISK_ERROR,
        LOST_BEFORE,
        LOST_AFTER,
        LOST_HALFWAY,
        /** Works until its deadline, and is ended there. */
        HANGS,
        /** A question is answered with noise. */
        GARBLED,
        /** A question is answered in part. */
        CUT_SHORT;

        boolean concerns(@Nullable Guard guard, String program) {
            return switch (this) {
                case LOCKED -> guard != null && program.equals("gluster");
                case NO_SPACE ->
                    guard != null && (program.equals("lvm") || program.equals("mkdir") || program.equals("mkfs.xfs"));
                case DISK_ERROR ->
                    guard != null && (program.equals("lvm") || program.equals("mount") || program.equals("mkfs.xfs"));
                case LOST_BEFORE, LOST_AFTER, LOST_HALFWAY -> guard != null;
                case HANGS -> true;
                case GARBLED, CUT_SHORT -> guard == null;
            };
        }
    }

    /** A command on its node. */
    private static final class Work {
        final HostName host;
        final @Nullable Guard guard;
        final Command command;
        boolean over;

        Work(HostName host, @Nullable Guard guard, Command command) {
            this.host = host;
            this.guard = guard;
            this.command = command;
        }
    }

    /** What a thread waits for. */
    private static final class Reply {
        final Thread waiting = Thread.currentThread();

        @Nullable
        CommandResult result;

        void give(CommandResult answer) {
            if (result == null) {
                result = answer;
                LockSupport.unpark(waiting);
            }
        }

        CommandResult await() {
            CommandResult answer = result;
            while (answer == null) {
                LockSupport.park(this);
                answer = result;
            }
            return answer;
        }
    }

    Network(Scheduler scheduler, SplittableRandom random, Trace trace) {
        this.scheduler = scheduler;
        this.random = random;
        this.trace = trace;
        inner.setFaults((host, guard, command) -> fault);
    }

    SimulatedNodes nodes() {
        return inner.nodes();
    }

    SimulatedExecutor.Counters counters() {
        return inner.counters();
    }

    /** Whether something goes on at a node that may yet change it. */
    boolean isBusy() {
        return working.stream().anyMatch(work -> work.guard != null);
    }

    // what can happen to nodes

    void cutPower(HostName host) {
        for (Work work : List.copyOf(working)) {
            if (work.host.equals(host)) {
                int fate = random.nextInt(3);
                if (fate > 0) {
                    has(work, fate == 1 ? new Fault.LostHalfway("power cut") : Fault.NONE);
                }
                end(work);
            }
        }
        off.add(host);
        nodes().cutPower(host);
    }

    void returnPower(HostName host) {
        off.remove(host);
        nodes().returnPower(host);
    }

    /** @param fromOthersToo whether the other nodes cannot reach it either */
    void disconnect(HostName host, boolean fromOthersToo) {
        away.add(host);
        if (fromOthersToo) {
            alone.add(host);
            nodes().disconnect(host);
        }
    }

    void reconnect(HostName host) {
        away.remove(host);
        alone.remove(host);
        nodes().reconnect(host);
    }

    void stopGlusterd(HostName host) {
        nodes().stopGlusterd(host);
    }

    void startGlusterd(HostName host) {
        if (!off.contains(host)) {
            nodes().startGlusterd(host);
        }
    }

    /** @param factor 1 for the usual speed */
    void slow(HostName host, int factor) {
        slowness.put(host, factor);
    }

    /** Happens to the next command that it concerns. */
    void expect(Mishap mishap) {
        mishaps.add(mishap);
    }

    /** Whether the server can reach a node. */
    boolean reaches(HostName host) {
        return !off.contains(host) && !away.contains(host);
    }

    /** From now on nothing goes wrong by itself. */
    void heal() {
        mishaps.clear();
        slowness.clear();
        nodes().pictures().keySet().forEach(host -> {
            returnPower(host);
            reconnect(host);
            startGlusterd(host);
        });
    }

    // the way of a command

    /** The network as one server process sees it. */
    Executor from(ServerProcess process) {
        return new Executor() {
            @Override
            public CommandResult ask(HostName host, Command command) {
                return exchange(process, host, null, command);
            }

            @Override
            public CommandResult change(HostName host, Guard guard, Command command) {
                return exchange(process, host, guard, command);
            }

            @Override
            public CommandResult settle(HostName host, Guard guard) {
                return waitForOthers(process, host, guard);
            }

            @Override
            public void close() {}
        };
    }

    private CommandResult exchange(ServerProcess process, HostName host, @Nullable Guard guard, Command command) {
        process.sleep(latency(host));
        if (!reaches(host)) {
            process.sleep(CONNECT_TIMEOUT);
            return said(host, guard, command, new NotSent("connection timed out"));
        }
        Reply reply = new Reply();
        Work work = new Work(host, guard, command);
        Optional<Mishap> mishap = mishapFor(guard, command);
        mishap.ifPresent(what -> trace.say(() -> "  " + what + " awaits " + command + " on " + host));
        working.add(work);
        if (mishap.filter(what -> what == Mishap.HANGS).isPresent()) {
            hang(work, reply);
        } else {
            scheduler.after(workTime(host), () -> finish(work, mishap, reply));
        }
        // a node that died, or went away, says nothing
        scheduler.after(command.deadline().plus(SILENCE_MAX), () -> reply.give(new Unknown("no answer in time")));
        return said(host, guard, command, reply.await());
    }

    private void hang(Work work, Reply reply) {
        Duration deadline = work.command.deadline();
        int fate = random.nextInt(3);
        scheduler.after(deadline, () -> {
            if (!work.over) {
                if (fate > 0) {
                    has(work, fate == 1 ? new Fault.LostHalfway("ended at its deadline") : Fault.NONE);
                }
                end(work);
            }
            reply.give(new Unknown("deadline of " + deadline.toSeconds() + " s passed"));
        });
    }

    private void finish(Work work, Optional<Mishap> mishap, Reply reply) {
        if (work.over) {
            scheduler.after(SILENCE_MAX, () -> reply.give(new Unknown("connection lost")));
            return;
        }
        Fault wrong = mishap.map(Network::faultOf).orElse(Fault.NONE);
        CommandResult result = has(work, wrong);
        end(work);
        CommandResult told = mishap.map(what -> spoilt(what, result)).orElse(result);
        if (!reaches(work.host) || told instanceof Unknown) {
            scheduler.after(SILENCE_MAX, () -> reply.give(new Unknown("connection lost")));
        } else {
            scheduler.after(latency(work.host), () -> reply.give(told));
        }
    }

    /** The effect. A node that nobody reaches goes on with what it was told before, if it needs no other for it. */
    private CommandResult has(Work work, Fault wrong) {
        boolean hidden = alone.contains(work.host) && !program(work.command).startsWith("gluster");
        if (hidden) {
            nodes().reconnect(work.host);
        }
        try {
            if (work.guard == null) {
                return inner.ask(work.host, work.command);
            }
            fault = wrong;
            CommandResult result = inner.change(work.host, work.guard, work.command);
            trace.say(() -> "  " + work.host + ": " + work.command + " -> " + shown(result));
            return result;
        } finally {
            fault = Fault.NONE;
            if (hidden) {
                nodes().disconnect(work.host);
            }
        }
    }

    private static String program(Command command) {
        String first = command.argv().getFirst();
        return first.substring(first.lastIndexOf('/') + 1);
    }

    private void end(Work work) {
        work.over = true;
        working.remove(work);
    }

    private static Fault faultOf(Mishap mishap) {
        return switch (mishap) {
            case LOCKED ->
                new Fault.Ends(new Exited(
                        1,
                        "",
                        "volume: failed: Another transaction is in progress. Please try again after some time."));
            case NO_SPACE -> new Fault.Ends(new Exited(5, "", "  No space left on device"));
            case DISK_ERROR -> new Fault.Ends(new Exited(5, "", "  Input/output error"));
            case LOST_BEFORE -> new Fault.LostBefore("connection lost");
            case LOST_AFTER -> new Fault.LostAfter("connection lost");
            case LOST_HALFWAY -> new Fault.LostHalfway("connection lost");
            case HANGS, GARBLED, CUT_SHORT -> Fault.NONE;
        };
    }

    private static CommandResult spoilt(Mishap mishap, CommandResult result) {
        if (result instanceof Exited exited) {
            if (mishap == Mishap.GARBLED) {
                return new Exited(exited.status(), "\u0000\u0007no such words\n", "");
            }
            if (mishap == Mishap.CUT_SHORT) {
                return new Exited(
                        exited.status(), exited.out().substring(0, exited.out().length() / 2), exited.err(), true);
            }
        }
        return result;
    }

    private Optional<Mishap> mishapFor(@Nullable Guard guard, Command command) {
        String program = program(command);
        Optional<Mishap> next = mishaps.stream()
                .filter(mishap -> mishap.concerns(guard, program))
                .findFirst();
        next.ifPresent(mishaps::remove);
        return next;
    }

    private CommandResult waitForOthers(ServerProcess process, HostName host, Guard guard) {
        process.sleep(latency(host));
        for (Duration waited = Duration.ZERO; waited.compareTo(SETTLE_MAX) < 0; waited = waited.plus(SETTLE_POLL)) {
            if (!reaches(host)) {
                process.sleep(CONNECT_TIMEOUT);
                return new NotSent("connection timed out");
            }
            if (working.stream().noneMatch(work -> work.host.equals(host) && guard.equals(work.guard))) {
                return new Exited(0, "", "");
            }
            process.sleep(SETTLE_POLL);
        }
        return new Unknown("something still runs under " + guard);
    }

    private Duration latency(HostName host) {
        return Duration.ofMillis(1 + random.nextInt(20)).multipliedBy(slowness.getOrDefault(host, 1));
    }

    /** Mostly short, now and then long. */
    private Duration workTime(HostName host) {
        int most = random.nextInt(8) == 0 ? 4_000 : 300;
        return Duration.ofMillis(1 + random.nextInt(most)).multipliedBy(slowness.getOrDefault(host, 1));
    }

    private CommandResult said(HostName host, @Nullable Guard guard, Command command, CommandResult result) {
        if (guard != null && !(result instanceof Exited)) {
            trace.say(() -> "  the server hears of " + command + " on " + host + ": " + shown(result));
        }
        return result;
    }

    private static String shown(CommandResult result) {
        return switch (result) {
            case Exited exited ->
                exited.status() == 0
                        ? "ok"
                        : exited.status() + " " + (exited.err().isBlank() ? exited.out() : exited.err()).strip();
            case NotSent notSent -> "not sent, " + notSent.why();
            case Unknown unknown -> "no answer, " + unknown.why();
        };
    }
}
