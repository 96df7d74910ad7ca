package bricklayer.device;

import bricklayer.api.DeviceAddRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.WireJson;
import bricklayer.host.HostName;
import bricklayer.identity.GroupTags;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.PhysicalVolume;
import bricklayer.mount.MountSettings;
import bricklayer.node.TagChanges;
import bricklayer.operation.Courtesy;
import bricklayer.operation.Ids;
import bricklayer.operation.Lane;
import bricklayer.operation.Operation;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import bricklayer.operation.Step;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import bricklayer.volume.EmptyDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What adding, deleting and changing a device does. Pure: reads rows, asks no host. */
public final class DevicePlans {

    /** The kind of {@link #resync}. */
    public static final String RESYNC = "resync-device";

    private final Ids ids;
    private final PhysicalVolumeIds physicalVolumeIds;
    private final LvmSettings lvm;
    private final MountSettings mount;

    public DevicePlans(Ids ids, PhysicalVolumeIds physicalVolumeIds, LvmSettings lvm, MountSettings mount) {
        this.ids = ids;
        this.physicalVolumeIds = physicalVolumeIds;
        this.lvm = lvm;
        this.mount = mount;
    }

    /**
     * Makes a device ours.
     *
     * @param found the physical volume that is on it now, where that was asked
     */
    public Plan add(Rows rows, DeviceAddRequest request, Optional<PhysicalVolume> found) {
        Node node = rows.get(Node.TABLE, new NodeId(request.node()))
                .filter(candidate -> Inventory.isVisible(rows, candidate)
                        && !Operation.beingDeleted(rows, Node.TABLE, candidate.id()))
                .orElseThrow(() -> Problem.notFound("Node id does not exist").about("node " + request.node()));
        for (Device other : Inventory.devices(rows, node.id())) {
            if (other.name().equals(request.name()) || other.paths().contains(request.name())) {
                throw Problem.conflict("Device " + request.name() + " of node " + node.id()
                                + " is already registered (ID: " + other.id() + ")")
                        .about("device " + other.id())
                        .next("use the device that is there, or delete it first");
            }
        }
        Optional<Device> ours =
                found.flatMap(volume -> rows.find(Device.TABLE, Device.BY_PV_UUID, volume.uuid()).stream()
                        .findFirst());
        if (ours.isPresent()) {
            // under another name of the same disk: wiping it would destroy what it holds for us
            return Plan.of("add-device")
                    .refused("Device already in use (ID: " + ours.get().id() + ")")
                    .build();
        }
        Device device = new Device(
                new DeviceId(ids.next()),
                node.id(),
                request.name(),
                request.tags(),
                State.ONLINE,
                0,
                Device.DEFAULT_EXTENT_KIB,
                physicalVolumeIds.next(),
                List.of(request.name()));
        List<Step> steps = new ArrayList<>();
        if (request.destroyData()) {
            steps.add(new WipeDevice(node.host(), lvm, device.name(), device.pvUuid()));
        }
        steps.addAll(setUp(rows, node, device));
        return Plan.of("add-device")
                .creates(Device.TABLE, device)
                .stage("device", new Lane(steps))
                .survey(new MeasureDevice(node.host(), lvm, device.id()))
                .build();
    }

    /** The steps that make a device ours; their reverse gives it back. */
    private List<Step> setUp(Rows rows, Node node, Device device) {
        HostName host = node.host();
        Cluster cluster = rows.get(Cluster.TABLE, node.cluster())
                .orElseThrow(() -> new IllegalStateException("node " + node.id() + " is in no cluster"));
        return List.of(
                new CreatePhysicalVolume(host, lvm, device.name(), device.pvUuid()),
                new CreateVolumeGroup(
                        host, lvm, device.volumeGroup(), device.name(), GroupTags.of(cluster, node, device)),
                new MakeMountRoot(host, mount, device.mountRoot()));
    }

    /**
     * Gives the device back to its node, empty.
     *
     * @param forceForget whether the device goes even if its node cannot be cleaned
     */
    public Plan delete(Rows rows, DeviceId id, boolean forceForget) {
        Device device = rows.get(Device.TABLE, id).orElseThrow(Problem::notFound);
        if (device.state() != State.FAILED) {
            throw Problem.invalid("device: " + id + " is not in failed state")
                    .about("device " + id)
                    .next("set it offline, then failed, then delete it");
        }
        List<Brick> bricks = Inventory.bricksOn(rows, id);
        boolean onlyDiscarded = bricks.stream().allMatch(brick -> Inventory.isDiscarded(rows, brick));
        if (!bricks.isEmpty() && !(forceForget && onlyDiscarded)) {
            throw Problem.conflict("Unable to delete device [" + id + "] because it contains bricks")
                    .about("device " + id)
                    .detail("bricks", bricks.size())
                    .next(
                            onlyDiscarded
                                    ? "they were replaced, and go as soon as the node can be reached; with forceforget the device goes now"
                                    : "set the device offline, then failed: that moves them elsewhere");
        }
        Node node = rows.get(Node.TABLE, device.node())
                .orElseThrow(() -> new IllegalStateException("device " + id + " is on no node"));
        // what an open operation is at is left to that one
        List<Brick> forgotten = bricks.stream()
                .filter(brick -> !Operation.isHeld(rows, Brick.TABLE, brick.id()))
                .toList();
        List<Step> takeDown = new Lane(setUp(rows, node, device)).reversed().steps();
        return Plan.of("delete-device")
                .deletes(Device.TABLE, device)
                .deletes(Brick.TABLE, forgotten)
                .pivot()
                .stage(
                        "device",
                        new Lane(
                                forceForget
                                        ? takeDown.stream()
                                                .<Step>map(Courtesy::new)
                                                .toList()
                                        : takeDown))
                .build();
    }

    /**
     * Measures the device anew. Its row is held meanwhile, but it goes on taking bricks. What an operation that adds bricks on the device, or takes bricks off it, has done already cannot be known, so
     * there is no resync meanwhile; callers expect to hear that as the outcome.
     */
    public Plan resync(Rows rows, DeviceId id) {
        Device device = rows.get(Device.TABLE, id).orElseThrow(Problem::notFound);
        Node node = rows.get(Node.TABLE, device.node())
                .orElseThrow(() -> new IllegalStateException("device " + id + " is on no node"));
        List<Brick> bricks = Inventory.bricksOn(rows, id);
        PlanBuilder plan = Plan.of(RESYNC);
        if (Operation.holding(rows, Device.TABLE, id).isPresent()
                || bricks.stream()
                        .anyMatch(brick -> Operation.beingCreated(rows, Brick.TABLE, brick.id())
                                || Operation.beingDeleted(rows, Brick.TABLE, brick.id()))) {
            return plan.refused(Problem.inUse().text()).build();
        }
        long spareKiB = bricks.stream().mapToLong(Brick::metadataKiB).max().orElse(0);
        return plan.updates(Device.TABLE, device)
                .survey(new ResyncDevice(node.host(), lvm, id, Inventory.usedKiB(rows, device) + spareKiB))
                .build();
    }

    /**
     * Changes a device's state.
     *
     * @param healCheck whether bricks are moved only when gluster says that their data is elsewhere, too; for {@link State#FAILED}
     */
    public Plan setState(Rows rows, DeviceId id, State wanted, boolean healCheck) {
        Device device = rows.get(Device.TABLE, id).orElseThrow(Problem::notFound);
        PlanBuilder plan = Plan.of("set-device-state");
        if (device.state() == wanted) {
            return plan.build();
        }
        if (wanted == State.FAILED) {
            return fail(rows, device, healCheck, plan);
        }
        if (wanted == State.ONLINE && device.state() == State.FAILED) {
            return plan.refused("Cannot move a failed/removed device to online state")
                    .build();
        }
        return plan.updates(Device.TABLE, device.with(wanted)).build();
    }

    private static Plan fail(Rows rows, Device device, boolean healCheck, PlanBuilder plan) {
        if (device.state() == State.ONLINE) {
            return plan.refused("Device must be offline before remove operation is performed, device:" + device.id())
                    .build();
        }
        if (!Inventory.bricksOn(rows, device.id()).isEmpty()) {
            return Plan.of("remove-device")
                    .updates(Device.TABLE, device.with(State.FAILED))
                    .errand(new EmptyDevice(device.id(), healCheck))
                    .build();
        }
        return plan.updates(Device.TABLE, device.with(State.FAILED)).build();
    }

    /** One write; its answer is the tags as they are then. */
    public Plan setTags(Device device, TagsChangeRequest request) {
        Device changed = device.withTags(TagChanges.apply(device.tags(), request));
        // sorted by name, as Heketi writes them
        return Plan.of("set-device-tags")
                .updates(Device.TABLE, changed)
                .answer(WireJson.write(new TreeMap<>(changed.tags())))
                .build();
    }
}
