package bricklayer.rebuild;

import bricklayer.api.RebuildReport;
import bricklayer.api.RebuildRequest;
import bricklayer.api.WireJson;
import bricklayer.http.Bodies;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.http.Submissions;
import bricklayer.operation.Plan;
import bricklayer.problem.Problem;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /rebuild}: fills a server without records with what the nodes say. */
public final class RebuildRoutes implements Routes {

    private final Store store;
    /** They become one transaction, which has a size that it may not exceed. */
    private static final int ROWS_AT_ONCE_MAX = 50_000;

    private final Submissions submissions;
    private final NodeReader reader;

    public RebuildRoutes(Store store, Submissions submissions, NodeReader reader) {
        this.store = store;
        this.submissions = submissions;
        this.reader = reader;
    }

    @Override
    public void mount(Router router) {
        router.post("/rebuild", this::rebuild);
    }

    private void rebuild(Context ctx) {
        RebuildRequest request = Bodies.read(ctx, RebuildRequest.class);
        Optional<String> earlier = submissions.earlierAnswer(ctx, request);
        if (earlier.isPresent()) {
            answer(ctx, earlier.get());
            return;
        }
        List<NodeNamed> nodes = nodes(request);
        if (!request.plan()) {
            refuseUnlessEmpty(store.rows());
        }
        Rebuilt rebuilt = reader.read(nodes);
        if (request.plan()) {
            Replies.json(ctx, rebuilt.report());
            return;
        }
        if (rebuilt.size() > ROWS_AT_ONCE_MAX) {
            throw Problem.conflict("These are " + rebuilt.size() + " records; a running server takes over at most "
                            + ROWS_AT_ONCE_MAX + " at once")
                    .next("stop it, and fill its data folder with: bricklayer admin rebuild --config FILE");
        }
        RebuildReport report = rebuilt.report().asWritten();
        submissions.atOnce(
                ctx,
                request,
                (rows, attempt) -> {
                    refuseUnlessEmpty(rows);
                    rebuilt.objection(request.partial()).ifPresent(why -> {
                        throw Problem.conflict(why)
                                .next("look with plan, mend what is missing, or take over what there is with partial");
                    });
                    return rebuilt.addTo(Plan.of("rebuild"))
                            .answer(WireJson.write(report))
                            .build();
                },
                answer -> answer(ctx, answer));
    }

    private static void answer(Context ctx, String report) {
        Replies.json(ctx, WireJson.read(report, RebuildReport.class));
    }

    private static List<NodeNamed> nodes(RebuildRequest request) {
        List<NodeNamed> nodes = new ArrayList<>();
        new Validation()
                .field("nodes", Rules.hostnames(request.nodes(), "manage"))
                .orThrow();
        if (request.topology() != null) {
            nodes.addAll(NodeNamed.in(request.topology()));
        }
        request.nodes().stream().map(NodeNamed::only).forEach(nodes::add);
        new Validation()
                .field(
                        "topology",
                        Rules.hostnames(
                                nodes.stream().map(node -> node.host().value()).toList(), "manage"))
                .orThrow();
        if (nodes.isEmpty()) {
            throw Problem.invalid("no nodes to ask").next("name the nodes, or give a topology");
        }
        return NodeNamed.each(nodes);
    }

    private static void refuseUnlessEmpty(Rows rows) {
        if (!Rebuilt.isEmpty(rows)) {
            throw Problem.conflict("This server has records; they are not overwritten")
                    .next("rebuild into an empty data folder, or look at the differences instead");
        }
    }
}
