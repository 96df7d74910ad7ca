package bricklayer.tools.simulation;

import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Device;
import bricklayer.inventory.HostingSpace;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Volume;
import bricklayer.main.ServerCore;
import bricklayer.operation.Operation;
import bricklayer.store.Rows;
import bricklayer.tools.simulation.Asked.Effect;
import bricklayer.tools.simulation.Asked.Subject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients were promised, held against the records that the server shows. Cheap enough to be asked after each event. */
final class Promises {

    /** A request that asks no host first is answered as soon as the disk has it. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(1);

    private final Clients clients;
    private final Scheduler scheduler;

    Promises(Clients clients, Scheduler scheduler) {
        this.clients = clients;
        this.scheduler = scheduler;
    }

    /** @throws Violation when one is broken */
    void mustHold(ServerCore core) {
        Rows rows = core.store().rows();
        for (Asked one : clients.asked()) {
            learn(one, core, rows);
        }
        Map<String, Volume> volumes = new HashMap<>();
        rows.all(Volume.TABLE).forEach(volume -> {
            if (volumes.put(volume.name(), volume) != null) {
                throw new Violation("a request acts once", "there are two volumes " + volume.name());
            }
        });
        Map<String, BlockVolume> blocks = new HashMap<>();
        rows.all(BlockVolume.TABLE).forEach(block -> blocks.put(block.name(), block));
        for (Asked one : clients.asked()) {
            if (one.effect() == Effect.CREATES) {
                boolean visible = switch (one.subject()) {
                    case VOLUME ->
                        Optional.ofNullable(volumes.get(one.name()))
                                .filter(volume -> Inventory.isVisible(rows, volume))
                                .isPresent();
                    case BLOCK_VOLUME ->
                        Optional.ofNullable(blocks.get(one.name()))
                                .filter(block -> Inventory.isVisible(rows, block))
                                .isPresent();
                    case OTHER -> false;
                };
                mustBeThereOrNot(one, visible);
            }
        }
        for (Device device : rows.all(Device.TABLE)) {
            if (Inventory.isVisible(rows, device) && Inventory.freeKiB(rows, device) < 0) {
                throw new Violation(
                        "no device is over-committed", device + " lacks " + -Inventory.freeKiB(rows, device) + " KiB");
            }
        }
        volumes.values().stream().filter(Volume::blockHosting).forEach(hosting -> {
            if (HostingSpace.freeGiB(rows, hosting) < 0) {
                throw new Violation("no hosting volume is over-committed", hosting.toString());
            }
        });
    }

    /** What the client's polling would show. */
    private static void learn(Asked one, ServerCore core, Rows rows) {
        if (one.accepted().isEmpty() && one.isUncertain()) {
            one.key().flatMap(core.operations()::find).ifPresent(found -> one.know(found.id()));
        }
        if (one.accepted().isPresent()) {
            Operation operation = rows.get(Operation.TABLE, one.accepted().get())
                    .orElseThrow(() -> new Violation(
                            "nothing acknowledged is lost",
                            one + ", operation " + one.accepted().get()));
            if (!operation.state().open()) {
                one.ended(operation.state());
            } else if (one.end().isPresent()) {
                throw new Violation("an answer stays as it is", one + " had ended, and is open");
            }
        }
    }

    private void mustBeThereOrNot(Asked created, boolean visible) {
        List<Asked> deletes = clients.asked().stream()
                .filter(one -> one.effect() == Effect.DELETES
                        && one.subject() == created.subject()
                        && one.name().equals(created.name()))
                .toList();
        if (created.isDone() && !visible && deletes.stream().allMatch(Asked::hadNoEffect)) {
            throw new Violation("no acknowledged volume is missing", created + " was done, and it is not there");
        }
        if (visible && deletes.stream().anyMatch(Asked::isDone)) {
            throw new Violation("nothing deleted comes back", created.name() + " was deleted, and is there");
        }
        if (visible && created.hadNoEffect()) {
            throw new Violation("what failed leaves nothing", created + " failed, and it is there");
        }
    }

    /** Nobody waits for an answer that needs no node, whatever the nodes do. */
    void mustAnswer(ServerProcess process, Duration upSince) {
        for (Asked one : clients.asked()) {
            boolean asksFirst = one.effect() == Effect.DELETES || one.subject() == Subject.BLOCK_VOLUME;
            one.pending().stream()
                    .filter(sent -> sent.server() == process && !asksFirst)
                    .filter(sent -> scheduler.elapsed().minus(ANSWER_MAX).compareTo(later(sent.when(), upSince)) > 0)
                    .findFirst()
                    .ifPresent(sent -> {
                        throw new Violation(
                                "requests are answered whatever the nodes do", one + " waits since " + sent.when());
                    });
        }
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** When everything has ended. */
    void mustBeKept(ServerCore core) {
        mustHold(core);
        Rows rows = core.store().rows();
        Map<String, Operation> byKey = new HashMap<>();
        for (Operation operation : rows.all(Operation.TABLE)) {
            operation.request().ifPresent(key -> {
                if (byKey.put(key.key(), operation) != null) {
                    throw new Violation("a key acts once", "two operations with " + key);
                }
            });
            operation.error().filter(text -> text.contains("java.lang.")).ifPresent(text -> {
                throw new Violation("no operation meets a fault of the program", operation.kind() + ": " + text);
            });
        }
        for (Asked one : clients.asked()) {
            if (one.accepted().isPresent() && one.end().isEmpty()) {
                throw new Violation("every accepted operation has an answer", one.toString());
            }
            if (!one.pending().isEmpty()) {
                throw new Violation("every request is answered", one.toString());
            }
        }
        for (Volume volume : rows.all(Volume.TABLE)) {
            mustHaveItsSize(volume);
        }
    }

    private void mustHaveItsSize(Volume volume) {
        List<Asked> about = clients.asked().stream()
                .filter(one -> one.subject() == Subject.VOLUME && one.name().equals(volume.name()))
                .toList();
        long least = 0;
        long most = 0;
        for (Asked one : about) {
            if (one.effect() == Effect.CREATES && one.sizeGiB() == 0) {
                return; // a clone is as large as its origin was then
            }
            if (one.effect() == Effect.CREATES || (one.effect() == Effect.GROWS && one.isDone())) {
                least += one.sizeGiB();
                most += one.sizeGiB();
            } else if (one.effect() == Effect.GROWS && one.isOpenEnded()) {
                most += one.sizeGiB();
            }
        }
        if (!about.isEmpty() && (volume.sizeGiB() < least || volume.sizeGiB() > most)) {
            throw new Violation(
                    "a request acts once",
                    volume.name() + " has " + volume.sizeGiB() + " GiB, which should be " + least
                            + (least == most ? "" : " to " + most) + ": " + about);
        }
    }

    /** Whether all that clients know of has ended. */
    boolean areAllAnswered() {
        return clients.asked().stream()
                .allMatch(one -> one.pending().isEmpty()
                        && (one.accepted().isEmpty() || one.end().isPresent()));
    }
}
