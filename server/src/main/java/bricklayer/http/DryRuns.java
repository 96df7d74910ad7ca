package bricklayer.http;

import bricklayer.api.PlanInfo;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Requests with {@code ?dryRun=true}: planned and shown, but not begun. */
public interface DryRuns {

    /** Paths whose changes all go through {@link Submissions}, by their first word. Elsewhere a dry run is refused, so that nobody takes a change for one. */
    Set<String> OFFERED_UNDER =
            Set.of("clusters", "nodes", "devices", "volumes", "blockvolumes", "bricks", "adoptions");

    /** Tells why places are where they are, without choosing others. */
    interface Explanation extends Function<Rows, List<PlanInfo.Choice>> {

        Explanation NONE = rows -> List.of();
    }

    /**
     * Plans and remembers the plan for a while. Nothing else is changed.
     *
     * @param explanation asked with the same rows and the same chance as the planner
     * @throws RuntimeException what beginning it would throw
     */
    PlanInfo plan(Request how, Planner planner, Explanation explanation);

    static boolean isOfferedUnder(String path) {
        int end = path.indexOf('/', 1);
        return OFFERED_UNDER.contains(path.substring(1, end < 0 ? path.length() : end));
    }

    /**
     * Whether the request asks for a dry run.
     *
     * @throws Problem 400 when it asks in words that are neither yes nor no
     */
    static boolean askedBy(Context ctx) {
        String asked = ctx.queryParam("dryRun");
        if (asked == null || asked.equals("false")) {
            return false;
        }
        if (asked.equals("true")) {
            return true;
        }
        throw Problem.invalid("dryRun must be true or false, it is " + asked);
    }

    /**
     * To be asked before a change is handed to its feature.
     *
     * @param path of the route, such as {@code /volumes/{id}}
     * @throws Problem 400 when a dry run is asked for that would not be one
     */
    static void refuseWhereNotOffered(Context ctx, String path) {
        if (askedBy(ctx) && !isOfferedUnder(path)) {
            throw Problem.invalid("dryRun is not offered for " + ctx.method() + " " + path)
                    .next("nothing was done; leave dryRun out to do it");
        }
    }
}
