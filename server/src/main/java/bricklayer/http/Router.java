package bricklayer.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * Where features put their paths. A path is made of words and of {@code {name}} segments, which stand for ids: hex digits in either case, nothing
 * else. A request with anything else in that place is answered as an unknown path and never reaches the handler.
 */
public final class Router {

    private final RoutesConfig javalin;
    private final RouteTable table;

    Router(RoutesConfig javalin, RouteTable table) {
        this.javalin = javalin;
        this.table = table;
    }

    public Router get(String path, Handler handler) {
        return add("GET", path, RouteTable.Access.GATED, handler);
    }

    public Router post(String path, Handler handler) {
        return add("POST", path, RouteTable.Access.GATED, handler);
    }

    public Router delete(String path, Handler handler) {
        return add("DELETE", path, RouteTable.Access.GATED, handler);
    }

    /** A GET that passes no gate and is logged at DEBUG only, for probes. With other methods its path counts as unknown. */
    public Router open(String path, Handler handler) {
        return add("GET", path, RouteTable.Access.OPEN, handler);
    }

    private Router add(String method, String path, RouteTable.Access access, Handler handler) {
        table.add(method, path, access);
        Handler checked = method.equals("GET")
                ? handler
                : ctx -> {
                    DryRuns.refuseWhereNotOffered(ctx, path);
                    handler.handle(ctx);
                };
        javalin.addHttpHandler(HandlerType.findOrCreate(method), path, ctx -> guarded(checked, ctx));
        return this;
    }

    private static void guarded(Handler handler, Context ctx) {
        try {
            handle(handler, ctx);
        } catch (Exception | Error e) { // errors too: one that passes through Javalin leaves the request open for ever
            Failures.answer(e, ctx.req(), ctx.res());
        }
    }

    /** What a request is refused for can be the doing of the same request, which came on another connection a moment before. */
    private static void handle(Handler handler, Context ctx) throws Exception {
        try {
            handler.handle(ctx);
        } catch (RuntimeException refused) {
            if (!Submissions.answeredMeanwhile(ctx)) {
                throw refused;
            }
        }
    }
}
