package bricklayer.operation;

import bricklayer.fault.Faults;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.host.Query;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Schema;
import bricklayer.store.Table;
import bricklayer.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The smallest world an engine can work in: a host is a set of things, each made on top of another, and it refuses what a real one refuses (making on nothing,
 * removing from under something). Rows say which things should exist.
 */
final class ToyWorld implements FailingStepLoop.World {

    record ThingId(String value) implements Key {}

    record Thing(ThingId id, String color) implements Row<ThingId> {
        static final Table<ThingId, Thing> TABLE = Table.of("things", 1, Thing.class, ThingId::new);
    }

    /** Makes {@code thing} on top of {@code base} (the empty name is the ground). */
    record Make(String hostName, String base, String thing, boolean reversible) implements Step {
        @Override
        public String name() {
            return "make-" + thing;
        }

        @Override
        public List<HostName> hosts() {
            return List.of(new HostName(hostName));
        }

        @Override
        public Query<Effect> observe() {
            return new Query<>(toy("look", thing), exited -> switch (exited.out()) {
                case "half" -> Effect.PARTIAL;
                case "there" -> Effect.PRESENT;
                default -> Effect.ABSENT;
            });
        }

        @Override
        public List<Command> apply() {
            return List.of(toy("make", thing, base));
        }

        @Override
        public List<Command> undo() {
            return reversible ? List.of(toy("remove", thing)) : List.of();
        }

        @Override
        public Optional<String> queue() {
            return thing.startsWith("q") ? Optional.of("queue") : Optional.empty();
        }
    }

    static Command toy(String... argv) {
        return Command.of(Duration.ofSeconds(10), argv);
    }

    /** Things by host, each with what it stands on. Outlives processes. */
    final Map<String, Map<String, String>> hosts = new TreeMap<>();

    final Set<String> halves = new TreeSet<>();
    final Set<String> deadHosts = new TreeSet<>();
    Set<String> refused = Set.of();
    final MemoryStore store = new MemoryStore(Schema.of(Operation.TABLE, Thing.TABLE));
    private final Consumer<ToyWorld> act;
    private final Consumer<ToyWorld> expectation;
    OperationSettings settings = OperationSettings.DEFAULTS;
    private Instant now = Instant.EPOCH;
    private Operations operations;

    ToyWorld(Consumer<ToyWorld> act, Consumer<ToyWorld> expectation) {
        this.act = act;
        this.expectation = expectation;
        this.operations = process(Faults.NONE);
    }

    Operations operations() {
        return operations;
    }

    private Operations process(Faults faults) {
        return new Operations(
                store,
                new Hosts(new ToyExecutor()),
                new SequentialThreads(),
                () -> now,
                new Ids(new Random(store.rows().sequence() + 1)),
                faults,
                settings,
                OperationEngineTest.CLEARING,
                (rows, change, all, left) -> left.isEmpty() ? Optional.empty() : Optional.of(change));
    }

    @Override
    public void boot(Faults faults) {
        operations = process(faults);
    }

    /** Lets time pass. */
    void later(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void act() {
        act.accept(this);
    }

    @Override
    public void recover() {
        for (int round = 0; round < 20 && !Operation.open(store.rows()).isEmpty(); round++) {
            operations.driveDue();
            now = now.plus(Duration.ofHours(1));
        }
    }

    @Override
    public void check() {
        if (!Operation.open(store.rows()).isEmpty()) {
            throw new AssertionError("still open: " + Operation.open(store.rows()));
        }
        if (!halves.isEmpty()) {
            throw new AssertionError("halves are left: " + halves);
        }
        expectation.accept(this);
    }

    OperationId submit(Planner planner) {
        return operations.submit(Request.COUNTED, planner);
    }

    Set<String> thingsOnHosts() {
        Set<String> all = new TreeSet<>();
        hosts.values().forEach(things -> all.addAll(things.keySet()));
        return all;
    }

    Set<String> thingsInRows() {
        Set<String> all = new TreeSet<>();
        store.rows().all(Thing.TABLE).forEach(thing -> all.add(thing.id().value()));
        return all;
    }

    private final class ToyExecutor implements Executor {
        @Override
        public CommandResult ask(HostName host, Command command) {
            if (deadHosts.contains(host.value())) {
                return new CommandResult.NotSent("dead");
            }
            String thing = command.argv().get(1);
            String seen = halves.contains(thing) ? "half" : things(host).containsKey(thing) ? "there" : "no";
            return new CommandResult.Exited(0, seen, "");
        }

        @Override
        public CommandResult change(HostName host, Guard guard, Command command) {
            if (deadHosts.contains(host.value())) {
                return new CommandResult.NotSent("dead");
            }
            String thing = command.argv().get(1);
            if (refused.contains(command.argv().get(0) + " " + thing)) {
                return refuse("refused " + command);
            }
            return command.argv().get(0).equals("make")
                    ? make(things(host), thing, command.argv().get(2))
                    : remove(things(host), thing);
        }

        private CommandResult make(Map<String, String> things, String thing, String base) {
            if (!base.isEmpty() && !things.containsKey(base)) {
                return refuse("no " + base + " to make " + thing + " on");
            }
            if (halves.contains(thing)) {
                return refuse("half a " + thing + " is in the way");
            }
            if (thing.startsWith("fragile") && halves.add(thing)) {
                return new CommandResult.Unknown("died half way");
            }
            return things.putIfAbsent(thing, base) == null ? fine() : refuse(thing + " exists");
        }

        private CommandResult remove(Map<String, String> things, String thing) {
            if (things.containsValue(thing)) {
                return refuse("something stands on " + thing);
            }
            boolean half = halves.remove(thing);
            return things.remove(thing) != null || half ? fine() : refuse("no " + thing);
        }

        private Map<String, String> things(HostName host) {
            return hosts.computeIfAbsent(host.value(), _ -> new TreeMap<>());
        }

        private static CommandResult fine() {
            return new CommandResult.Exited(0, "", "");
        }

        private static CommandResult refuse(String why) {
            return new CommandResult.Exited(1, "", why);
        }

        @Override
        public CommandResult settle(HostName host, Guard guard) {
            return deadHosts.contains(host.value()) ? new CommandResult.NotSent("dead") : fine();
        }

        @Override
        public void close() {}
    }
}
