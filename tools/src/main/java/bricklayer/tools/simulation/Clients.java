package bricklayer.tools.simulation;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Durability;
import bricklayer.api.Snapshot;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.host.HostFailure;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.main.ServerCore;
import bricklayer.operation.CannotSteer;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.Refused;
import bricklayer.operation.Request;
import bricklayer.operation.RequestKey;
import bricklayer.operation.RowHeld;
import bricklayer.operation.TooManyOperations;
import bricklayer.operation.Wish;
import bricklayer.problem.Problem;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.StoreException;
import bricklayer.store.Table;
import bricklayer.tools.simulation.Asked.Effect;
import bricklayer.tools.simulation.Asked.Subject;
import bricklayer.volume.NoPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Those who ask the server, all of them. They submit what its routes would submit, and remember what they asked and heard. */
final class Clients {

    private static final List<Durability> DURABILITIES = List.of(
            Durability.replicate(3),
            Durability.replicate(3),
            Durability.replicate(2),
            Durability.none(),
            Durability.disperse(2, 1));
    private static final List<State> STATES = List.of(State.ONLINE, State.OFFLINE, State.FAILED, State.FAILED);
    private static final List<Wish> WISHES = List.of(Wish.RESUME, Wish.UNDO);

    private final Scheduler scheduler;
    private final Trace trace;
    private final List<Asked> asked = new ArrayList<>();
    private int numbered;

    Clients(Scheduler scheduler, Trace trace) {
        this.scheduler = scheduler;
        this.trace = trace;
    }

    List<Asked> asked() {
        return asked;
    }

    /** A client does what an event says, if there is something to do it to. */
    void act(Event event, Server server) {
        Optional<ServerCore> core = server.core();
        if (core.isEmpty()) {
            trace.say(() -> "  nobody listens");
            return;
        }
        if (event.kind() == Event.Kind.REPEAT) {
            List<Asked> keyed =
                    asked.stream().filter(one -> one.key().isPresent()).toList();
            pick(keyed, event.a()).ifPresent(again -> send(again, server, event));
            return;
        }
        Optional<Asked> wish = wish(event, core.get().store().rows());
        if (wish.isEmpty()) {
            trace.say(() -> "  there is nothing to do it to");
        }
        wish.ifPresent(one -> {
            asked.add(one);
            send(one, server, event);
        });
    }

    private Optional<Asked> wish(Event event, Rows rows) {
        numbered++;
        return switch (event.kind()) {
            case CREATE -> Optional.of(create(event));
            case EXPAND -> pick(volumes(rows), event.a()).map(volume -> expand(event, volume));
            case DELETE -> pick(volumes(rows), event.a()).map(volume -> delete(event, volume));
            case CLONE -> pick(volumes(rows), event.a()).map(volume -> cloneOf(event, volume));
            case EVICT -> pick(bricks(rows), event.a()).map(brick -> evict(event, brick));
            case BLOCK_CREATE -> Optional.of(createBlock(event));
            case BLOCK_DELETE -> pick(blocks(rows), event.a()).map(block -> deleteBlock(event, block));
            case DEVICE_STATE -> pick(all(rows, Device.TABLE), event.a()).map(device -> setState(event, device));
            case DEVICE_ADD -> pick(all(rows, Node.TABLE), event.a()).map(node -> addDevice(event, node));
            case DEVICE_DELETE ->
                pick(
                                all(rows, Device.TABLE).stream()
                                        .filter(device -> device.state() == State.FAILED)
                                        .toList(),
                                event.a())
                        .map(device -> delete(event, device));
            case NODE_STATE -> pick(all(rows, Node.TABLE), event.a()).map(node -> setState(event, node));
            case TAGS -> pick(all(rows, Device.TABLE), event.a()).map(device -> tag(event, device));
            case STEER -> pick(Operation.open(rows), event.a()).map(open -> steer(event, open));
            case CLEAN_UP ->
                Optional.of(other(
                        event,
                        "clean up",
                        call -> call.core().operations().cleanUp(Request.UNCOUNTED.withKey(call.key()), Set.of())));
            default -> throw new IllegalArgumentException("not a client's event: " + event);
        };
    }

    private Asked create(Event event) {
        Durability durability = DURABILITIES.get(event.b() % DURABILITIES.size());
        long size = 1L + event.a() % 40;
        boolean arbiter = event.b() % 7 == 0 && durability.replicate().replica() == 3;
        VolumeCreateRequest request = new VolumeCreateRequest(
                size,
                "v" + numbered,
                List.of(),
                durability,
                0,
                arbiter ? List.of("user.heketi.arbiter true") : List.of(),
                false,
                Snapshot.UNSAID);
        int tries = Server.config().gluster().operations().volumeCreateRetries() + 1;
        return about(
                event,
                "create " + request.name() + " of " + size + " GiB " + durability.type() + (arbiter ? " arbiter" : ""),
                Subject.VOLUME,
                Effect.CREATES,
                request.name(),
                size,
                call -> call.submit(
                        Request.COUNTED.withTries(tries),
                        (rows, attempt) -> call.core().volumePlans().create(rows, request, attempt)));
    }

    private Asked expand(Event event, Volume volume) {
        long more = 1L + event.b() % 20;
        return about(
                event,
                "expand " + volume.name() + " by " + more + " GiB",
                Subject.VOLUME,
                Effect.GROWS,
                volume.name(),
                more,
                call -> call.submit(
                        Request.COUNTED,
                        (rows, attempt) -> call.core().volumePlans().expand(rows, volume.id(), more, attempt)));
    }

    private Asked delete(Event event, Volume volume) {
        return about(event, "delete " + volume.name(), Subject.VOLUME, Effect.DELETES, volume.name(), 0, call -> {
            Rows before = call.core().store().rows();
            if (Operation.holding(before, Volume.TABLE, volume.id()).isEmpty()) {
                Inventory.visibleVolume(before, volume.id())
                        .ifPresent(there -> call.core().deleteCheck().refuseIfGlusterWould(before, there));
            }
            return call.submit(
                    Request.COUNTED,
                    (rows, attempt) -> call.core().volumePlans().delete(rows, volume.id()));
        });
    }

    private Asked cloneOf(Event event, Volume volume) {
        String name = "c" + numbered;
        return about(
                event,
                "clone " + volume.name() + " as " + name,
                Subject.VOLUME,
                Effect.CREATES,
                name,
                0,
                call -> call.submit(
                        Request.COUNTED,
                        (rows, attempt) -> call.core().clonePlans().clone(rows, volume.id(), name)));
    }

    private Asked evict(Event event, Brick brick) {
        boolean healCheck = event.b() % 2 == 0;
        return other(
                event,
                "evict brick " + brick.id() + (healCheck ? "" : " without heal check"),
                call -> call.submit(
                        Request.COUNTED.withTries(3),
                        (rows, attempt) -> call.core().evictionPlans().evict(rows, brick.id(), healCheck, attempt)));
    }

    private Asked createBlock(Event event) {
        long size = 1L + event.a() % 10;
        BlockVolumeCreateRequest request =
                new BlockVolumeCreateRequest(size, List.of(), "b" + numbered, event.b() % 3, event.b() % 2 == 0);
        return about(
                event,
                "create block volume " + request.name() + " of " + size + " GiB",
                Subject.BLOCK_VOLUME,
                Effect.CREATES,
                request.name(),
                0,
                call -> {
                    Rows before = call.core().store().rows();
                    Set<NodeId> answering = call.core()
                            .glusterd()
                            .answering(
                                    before, call.core().blockVolumePlans().clusters(before, request), call.threads());
                    return call.submit(
                            Request.COUNTED,
                            (rows, attempt) ->
                                    call.core().blockVolumePlans().create(rows, request, answering, attempt));
                });
    }

    private Asked deleteBlock(Event event, BlockVolume block) {
        return about(
                event,
                "delete block volume " + block.name(),
                Subject.BLOCK_VOLUME,
                Effect.DELETES,
                block.name(),
                0,
                call -> {
                    Set<NodeId> answering = call.core()
                            .glusterd()
                            .answering(call.core().store().rows(), List.of(block.cluster()), call.threads());
                    return call.submit(
                            Request.COUNTED,
                            (rows, attempt) -> call.core().blockVolumePlans().delete(rows, block.id(), answering));
                });
    }

    private Asked setState(Event event, Device device) {
        State state = STATES.get(event.b() % STATES.size());
        return other(
                event,
                "set device " + device.id() + " " + state.wire(),
                call -> call.submit(
                        how(state),
                        (rows, attempt) -> call.core().devicePlans().setState(rows, device.id(), state, true)));
    }

    private Asked setState(Event event, Node node) {
        State state = STATES.get(event.b() % STATES.size());
        return other(
                event,
                "set node " + node.host() + " " + state.wire(),
                call -> call.submit(
                        how(state), (rows, attempt) -> call.core().nodePlans().setState(rows, node.id(), state, true)));
    }

    private static Request how(State state) {
        return state == State.FAILED ? Request.COUNTED : Request.UNCOUNTED;
    }

    private Asked addDevice(Event event, Node node) {
        DeviceAddRequest request = new DeviceAddRequest(
                "/dev/vd" + (char) ('d' + event.b() % 3), Map.of(), node.id().value(), false);
        return other(
                event,
                "add device " + request.name() + " of " + node.host(),
                call -> call.submit(
                        Request.UNCOUNTED,
                        (rows, attempt) -> call.core().devicePlans().add(rows, request, Optional.empty())));
    }

    private Asked delete(Event event, Device device) {
        return other(
                event,
                "delete device " + device.id(),
                call -> call.submit(
                        Request.UNCOUNTED,
                        (rows, attempt) -> call.core().devicePlans().delete(rows, device.id(), false)));
    }

    private Asked tag(Event event, Device device) {
        TagsChangeRequest request = new TagsChangeRequest("set", Map.of("said", "t" + numbered));
        return other(
                event,
                "tag device " + device.id() + " with " + request.tags(),
                call -> call.submit(
                        Request.UNCOUNTED,
                        (rows, attempt) -> call.core()
                                .devicePlans()
                                .setTags(rows.get(Device.TABLE, device.id()).orElseThrow(Problem::notFound), request)));
    }

    private Asked steer(Event event, Operation open) {
        Wish wish = WISHES.get(event.b() % WISHES.size());
        return other(
                event,
                wish + " operation " + open.id() + " (" + open.kind() + ")",
                call -> call.core().operations().steer(Request.UNCOUNTED.withKey(call.key()), open.id(), wish));
    }

    private Asked other(Event event, String what, Asked.Content request) {
        return about(event, what, Subject.OTHER, Effect.NONE, "", 0, request);
    }

    private Asked about(
            Event event,
            String what,
            Subject subject,
            Effect effect,
            String name,
            long sizeGiB,
            Asked.Content request) {
        Optional<RequestKey> key =
                event.c() % 2 == 0 ? Optional.of(new RequestKey("key" + numbered, what)) : Optional.empty();
        return new Asked(what, subject, effect, name, sizeGiB, key, request);
    }

    private void send(Asked one, Server server, Event event) {
        boolean answerIsLost = event.c() % 10 == 3;
        trace.say(() -> "  ask: " + one);
        Asked.Sent sent = one.send(server.process(), scheduler.elapsed());
        server.process().start("request", () -> {
            ServerCore core = server.core().orElse(null);
            if (core == null) {
                one.lost(sent); // it is just being stopped
                return;
            }
            try {
                Optional<OperationId> earlier =
                        one.key().flatMap(core.operations()::find).map(Operation::id);
                OperationId id = earlier.isPresent()
                        ? earlier.get()
                        : one.request().submit(new Asked.Call(core, server.process(), one.key()));
                trace.say(() -> "  " + one + " is operation " + id + (answerIsLost ? ", but nobody hears it" : ""));
                if (answerIsLost) {
                    one.lost(sent);
                } else {
                    one.accept(sent, id);
                }
            } catch (StoreException e) {
                one.lost(sent);
                trace.say(() -> "  " + one + " meets the store: " + e.getMessage());
            } catch (Problem | HostFailure | NoPlan | Refused | RowHeld | CannotSteer | TooManyOperations e) {
                one.refused(sent);
                trace.say(() -> "  " + one + " is refused: " + e.getMessage());
            }
        });
    }

    /** What a dead server had not answered will not be answered any more. */
    void serverDied(ServerProcess process) {
        asked.forEach(one -> one.lostWith(process));
    }

    private static <T> Optional<T> pick(List<T> candidates, int number) {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(number % candidates.size()));
    }

    private static List<Volume> volumes(Rows rows) {
        return stream(rows, Volume.TABLE)
                .filter(volume -> Inventory.isVisible(rows, volume) && !volume.blockHosting())
                .sorted(Comparator.comparing(Volume::name))
                .toList();
    }

    private static List<Brick> bricks(Rows rows) {
        return stream(rows, Brick.TABLE)
                .filter(brick -> Inventory.isMember(rows, brick))
                .toList();
    }

    private static List<BlockVolume> blocks(Rows rows) {
        return stream(rows, BlockVolume.TABLE)
                .filter(block -> Inventory.isVisible(rows, block))
                .toList();
    }

    private static <K extends Key, V extends Row<K>> List<V> all(Rows rows, Table<K, V> table) {
        return stream(rows, table).toList();
    }

    private static <K extends Key, V extends Row<K>> Stream<V> stream(Rows rows, Table<K, V> table) {
        return StreamSupport.stream(rows.all(table).spliterator(), false);
    }
}
