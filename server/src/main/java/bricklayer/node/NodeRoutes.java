package bricklayer.node;

import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeAddressRequest;
import bricklayer.api.NodeZone;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.host.HostName;
import bricklayer.http.Bodies;
import bricklayer.http.DryRuns;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.http.Submissions;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.inventory.Views;
import bricklayer.operation.Request;
import bricklayer.problem.Problem;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** {@code /nodes}. */
public final class NodeRoutes implements Routes {

    /** Nodes that come and go at the same time as another one comes are few. */
    private static final int PROBER_TRIES_MAX = 5;

    private final Store store;
    private final Submissions submissions;
    private final NodePlans plans;
    private final GlusterdWatch glusterd;
    private final NodeIntroduction introduction;
    private final NewAddress addresses;

    public NodeRoutes(
            Store store,
            Submissions submissions,
            NodePlans plans,
            GlusterdWatch glusterd,
            NodeIntroduction introduction,
            NewAddress addresses) {
        this.addresses = addresses;
        this.store = store;
        this.submissions = submissions;
        this.plans = plans;
        this.glusterd = glusterd;
        this.introduction = introduction;
    }

    @Override
    public void mount(Router router) {
        router.post("/nodes", this::add)
                .get("/nodes/{id}", this::info)
                .delete("/nodes/{id}", this::delete)
                .post("/nodes/{id}/state", this::setState)
                .post("/nodes/{id}/tags", this::setTags)
                .post("/nodes/{id}/address", this::setAddress)
                .post("/nodes/{id}/zone", this::setZone);
    }

    private void add(Context ctx) {
        NodeAddRequest request = Bodies.read(ctx, NodeAddRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        new Validation()
                .field("zone", Rules.required(request.zone()), Rules.atLeast(request.zone(), 1))
                .field("cluster", Rules.required(request.cluster()), Rules.uuid(request.cluster()))
                .field("tags", Rules.tags(request.tags()))
                .nested(
                        "hostnames",
                        new Validation()
                                .field(
                                        "manage",
                                        Rules.required(request.hostnames().manage()),
                                        Rules.hostnames(request.hostnames().manage(), "manage"))
                                .field(
                                        "storage",
                                        Rules.required(request.hostnames().storage()),
                                        Rules.hostnames(request.hostnames().storage(), "storage")))
                .orThrow();
        Rows before = store.rows();
        plans.checkNewNode(before, request);
        if (!DryRuns.askedBy(ctx)) {
            introduction.introduce(
                    new HostName(request.hostnames().manage().getFirst()),
                    request.hostnames().storage().getFirst());
        }
        for (int tries = 1; ; tries++) {
            // Asked before anything is recorded, as Heketi does: the answer takes as long as reaching a node does.
            var prober = glusterd.proberFor(
                    store.rows(),
                    new ClusterId(request.cluster()),
                    request.hostnames().manage().getFirst());
            try {
                submissions.accept(
                        ctx, Request.UNCOUNTED, request, (rows, attempt) -> plans.add(rows, request, prober));
                return;
            } catch (PoolChanged e) {
                if (tries == PROBER_TRIES_MAX) {
                    throw Problem.conflict("Unable to add node: " + e.getMessage() + " while it was being added")
                            .about("cluster " + request.cluster())
                            .next("send the request again");
                }
            }
        }
    }

    private void info(Context ctx) {
        Rows rows = store.rows();
        Replies.json(ctx, Views.node(rows, find(rows, ctx)));
    }

    private void delete(Context ctx) {
        if (submissions.answeredBefore(ctx, "")) {
            return;
        }
        NodeId id = find(store.rows(), ctx).id();
        submissions.accept(ctx, Request.UNCOUNTED, "", (rows, attempt) -> plans.delete(rows, id));
    }

    private void setState(Context ctx) {
        StateRequest request = Bodies.read(ctx, StateRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        State wanted = StateChanges.wanted(request);
        NodeId id = find(store.rows(), ctx).id();
        boolean healCheck = Rules.wantsHealCheck(request.healCheck());
        submissions.accept(
                ctx,
                StateChanges.how(wanted),
                request,
                (rows, attempt) -> plans.setState(
                        rows,
                        id,
                        wanted,
                        healCheck,
                        Optional.of(request.prefer())
                                .filter(node -> !node.isEmpty())
                                .map(NodeId::new)));
    }

    private void setAddress(Context ctx) {
        NodeAddressRequest request = Bodies.read(ctx, NodeAddressRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        String manage = request.manage();
        String storage = request.storage();
        new Validation()
                .field("manage", Rules.hostnames(named(manage), "manage"))
                .field("storage", Rules.hostnames(named(storage), "storage"))
                .orThrow();
        if (manage.isEmpty() && storage.isEmpty()) {
            throw Problem.invalid("No address is named").next("give manage, storage, or both");
        }
        Rows before = store.rows();
        Node node = find(before, ctx);
        plans.refuseTakenByAnother(before, node, manage, storage);
        HostName reached = manage.isEmpty() ? node.host() : new HostName(manage);
        if (!reached.equals(node.host())) {
            addresses.requireSameMachine(before, node, reached);
        }
        boolean isNew = !storage.isEmpty() && !node.storageHosts().contains(storage);
        String uuid = isNew ? addresses.requireOwnName(before, node, reached, storage) : "";
        List<HostName> tellers =
                isNew ? addresses.others(before, node).stream().map(Node::host).toList() : List.of();
        submissions.accept(
                ctx,
                Request.UNCOUNTED,
                request,
                (rows, attempt) -> plans.setAddress(rows, node.id(), manage, storage, uuid, tellers));
    }

    private static List<String> named(String name) {
        return name.isEmpty() ? List.of() : List.of(name);
    }

    private void setTags(Context ctx) {
        TagsChangeRequest request = Bodies.read(ctx, TagsChangeRequest.class);
        TagChanges.validate(request);
        NodeId id = new NodeId(ctx.pathParam("id"));
        submissions.atOnce(
                ctx,
                request,
                (rows, attempt) -> plans.setTags(find(rows, id), request),
                tags -> Replies.rawJson(ctx, 200, tags));
    }

    private void setZone(Context ctx) {
        NodeZone request = Bodies.read(ctx, NodeZone.class);
        new Validation()
                .field("zone", Rules.required(request.zone()), Rules.atLeast(request.zone(), 1))
                .orThrow();
        NodeId id = new NodeId(ctx.pathParam("id"));
        submissions.atOnce(
                ctx,
                request,
                (rows, attempt) -> plans.setZone(find(rows, id), request),
                zone -> Replies.rawJson(ctx, 200, zone));
    }

    private static Node find(Rows rows, Context ctx) {
        return find(rows, new NodeId(ctx.pathParam("id")));
    }

    private static Node find(Rows rows, NodeId id) {
        return rows.get(Node.TABLE, id)
                .filter(node -> Inventory.isVisible(rows, node))
                .orElseThrow(Problem::notFound);
    }
}
