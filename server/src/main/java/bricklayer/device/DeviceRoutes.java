package bricklayer.device;

import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceDeleteRequest;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.host.HostReader;
import bricklayer.http.Bodies;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.http.Submissions;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.inventory.Views;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.PhysicalVolume;
import bricklayer.node.StateChanges;
import bricklayer.node.TagChanges;
import bricklayer.operation.Request;
import bricklayer.problem.Problem;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.util.Optional;

/** {@code /devices}. */
public final class DeviceRoutes implements Routes {

    private final Store store;
    private final Submissions submissions;
    private final DevicePlans plans;
    private final HostReader hosts;
    private final Lvm lvm;

    public DeviceRoutes(Store store, Submissions submissions, DevicePlans plans, HostReader hosts, Lvm lvm) {
        this.store = store;
        this.submissions = submissions;
        this.plans = plans;
        this.hosts = hosts;
        this.lvm = lvm;
    }

    @Override
    public void mount(Router router) {
        router.post("/devices", this::add)
                .get("/devices/{id}", this::info)
                .delete("/devices/{id}", this::delete)
                .post("/devices/{id}/state", this::setState)
                .get("/devices/{id}/resync", this::resync)
                .post("/devices/{id}/tags", this::setTags);
    }

    private void add(Context ctx) {
        DeviceAddRequest request = Bodies.read(ctx, DeviceAddRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        new Validation()
                .field("name", Rules.required(request.name()), Rules.deviceName(request.name()))
                .field("node", Rules.required(request.node()), Rules.uuid(request.node()))
                .field("tags", Rules.tags(request.tags()))
                .orThrow();
        Optional<PhysicalVolume> found = request.destroyData() ? physicalVolumeOn(request) : Optional.empty();
        submissions.accept(ctx, Request.UNCOUNTED, request, (rows, attempt) -> plans.add(rows, request, found));
    }

    /** What is about to be wiped. The kernel protects a disk only while something on it is active. */
    private Optional<PhysicalVolume> physicalVolumeOn(DeviceAddRequest request) {
        Node node = store.rows()
                .get(Node.TABLE, new NodeId(request.node()))
                .orElseThrow(() -> Problem.notFound("Node id does not exist"));
        return hosts.query(node.host(), lvm.pvOf(request.name()));
    }

    private void info(Context ctx) {
        Rows rows = store.rows();
        Replies.json(ctx, Views.device(rows, find(rows, ctx)));
    }

    private void delete(Context ctx) {
        boolean forceForget = Bodies.readOptional(ctx, DeviceDeleteRequest.class)
                .map(DeviceDeleteRequest::forceForget)
                .orElse(false);
        if (submissions.answeredBefore(ctx, forceForget)) {
            return;
        }
        DeviceId id = find(store.rows(), ctx).id();
        submissions.accept(ctx, Request.UNCOUNTED, forceForget, (rows, attempt) -> plans.delete(rows, id, forceForget));
    }

    private void resync(Context ctx) {
        if (submissions.answeredBefore(ctx, "")) {
            return;
        }
        DeviceId id = find(store.rows(), ctx).id();
        submissions.accept(ctx, Request.UNCOUNTED, "", (rows, attempt) -> plans.resync(rows, id));
    }

    private void setState(Context ctx) {
        StateRequest request = Bodies.read(ctx, StateRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        State wanted = StateChanges.wanted(request);
        DeviceId id = find(store.rows(), ctx).id();
        boolean healCheck = Rules.wantsHealCheck(request.healCheck());
        submissions.accept(
                ctx, StateChanges.how(wanted), request, (rows, attempt) -> plans.setState(rows, id, wanted, healCheck));
    }

    private void setTags(Context ctx) {
        TagsChangeRequest request = Bodies.read(ctx, TagsChangeRequest.class);
        TagChanges.validate(request);
        DeviceId id = new DeviceId(ctx.pathParam("id"));
        submissions.atOnce(
                ctx,
                request,
                (rows, attempt) -> plans.setTags(find(rows, id), request),
                tags -> Replies.rawJson(ctx, 200, tags));
    }

    private static Device find(Rows rows, Context ctx) {
        return find(rows, new DeviceId(ctx.pathParam("id")));
    }

    private static Device find(Rows rows, DeviceId id) {
        return rows.get(Device.TABLE, id)
                .filter(device -> Inventory.isVisible(rows, device))
                .orElseThrow(Problem::notFound);
    }
}
