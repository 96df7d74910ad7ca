package bricklayer.stamp;

import bricklayer.api.StampReport;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.http.Submissions;
import bricklayer.operation.Ids;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import bricklayer.operation.Request;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code /stamp}: what volume groups and gluster volumes say, compared with the records, and put right. */
public final class StampRoutes implements Routes {

    private final Store store;
    private final Submissions submissions;
    private final Stamps stamps;
    private final Ids ids;

    public StampRoutes(Store store, Submissions submissions, Stamps stamps, Ids ids) {
        this.ids = ids;
        this.store = store;
        this.submissions = submissions;
        this.stamps = stamps;
    }

    @Override
    public void mount(Router router) {
        router.get("/stamp", this::compare).post("/stamp", this::write);
    }

    private void compare(Context ctx) {
        Rows rows = store.rows();
        Stamps.Findings found = stamps.findAll(rows);
        Replies.json(
                ctx,
                new StampReport(
                        found.differing().stream()
                                .sorted(Comparator.comparing(Stamp::name))
                                .map(stamp -> new StampReport.Difference(
                                        stamp.kind().name().toLowerCase(Locale.ROOT),
                                        stamp.id(),
                                        stamp.name(),
                                        stamp.where(),
                                        stamp.add(),
                                        stamp.remove()))
                                .toList(),
                        found.unknown().entrySet().stream()
                                .map(entry -> new StampReport.Unknown(entry.getKey(), entry.getValue()))
                                .sorted(Comparator.comparing(StampReport.Unknown::id))
                                .toList(),
                        Stamper.due(rows)));
    }

    private void write(Context ctx) {
        if (submissions.answeredBefore(ctx, "")) {
            return;
        }
        List<Stamp> differing = stamps.findAll(store.rows()).differing().stream()
                .limit(Stamper.AT_ONCE_MAX)
                .toList();
        submissions.accept(ctx, Request.UNCOUNTED, "", (rows, attempt) -> {
            PlanBuilder plan = Plan.of(Stamper.KIND);
            // what changes meanwhile is told afterwards
            differing.forEach(stamp -> plan.creates(
                    Unstamped.TABLE, new Unstamped(new Unstamped.Id(ids.next()), stamp.kind(), stamp.id())));
            return plan.stage("identity", Stamper.lanes(differing)).build();
        });
    }
}
