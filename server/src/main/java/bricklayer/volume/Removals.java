package bricklayer.volume;

import bricklayer.inventory.Brick;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.operation.Attempt;
import bricklayer.operation.Errand;
import bricklayer.operation.ErrandPlanner;
import bricklayer.operation.Operation;
import bricklayer.operation.Plan;
import bricklayer.operation.Refused;
import bricklayer.store.Rows;
import java.util.List;
import java.util.Optional;

/** Empties devices and nodes, one brick after the other. Where it has come to is seen from the bricks that are left. */
public final class Removals implements ErrandPlanner {

    private final EvictionPlans evictions;

    public Removals(EvictionPlans evictions) {
        this.evictions = evictions;
    }

    @Override
    public Optional<Plan> next(Rows rows, Errand errand, Attempt attempt) {
        return switch (errand) {
            case EmptyDevice device -> emptyDevice(rows, device, attempt);
            case EmptyNode node -> emptyNode(rows, node, attempt);
            default -> throw new IllegalStateException("not planned here: " + errand.name());
        };
    }

    private Optional<Plan> emptyDevice(Rows rows, EmptyDevice errand, Attempt attempt) {
        DeviceId id = errand.device();
        try {
            return brickToMove(rows, id).map(brick -> evictions.evict(rows, brick.id(), errand.healCheck(), attempt));
        } catch (NoPlan why) {
            throw new Refused(
                    "Unable to delete device [" + id + "] as no device was found to replace it: " + why.getMessage());
        }
    }

    private Optional<Plan> emptyNode(Rows rows, EmptyNode errand, Attempt attempt) {
        NodeId id = errand.node();
        for (Device device : Inventory.devices(rows, id)) {
            Optional<Brick> brick = brickToMove(rows, device.id());
            if (brick.isPresent()) {
                try {
                    return Optional.of(
                            evictions.evict(rows, brick.get().id(), errand.healCheck(), attempt, errand.prefer()));
                } catch (NoPlan why) {
                    throw new Refused("Unable to remove node [" + id + "] as no device was found to replace device ["
                            + device.id() + "]");
                }
            }
            if (device.state() != State.FAILED) {
                return Optional.of(Plan.of("fail-device")
                        .updates(Device.TABLE, device.with(State.FAILED))
                        .build());
            }
        }
        return Optional.empty();
    }

    /** One that nobody is at, if there is one; another operation on its volume is waited for only when nothing else is left. */
    private static Optional<Brick> brickToMove(Rows rows, DeviceId device) {
        List<Brick> left = Inventory.bricksOn(rows, device).stream()
                .filter(brick -> !Inventory.isDiscarded(rows, brick))
                .toList();
        return left.stream()
                .filter(brick ->
                        Operation.holding(rows, Brick.TABLE, brick.id()).isEmpty()
                                && Operation.holding(rows, bricklayer.inventory.Volume.TABLE, brick.volume())
                                        .isEmpty())
                .findFirst()
                .or(() -> left.stream().findFirst());
    }
}
