package bricklayer.health;

import bricklayer.api.Probe;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import io.javalin.http.Context;

/** {@code GET /healthz/live} and {@code GET /healthz/ready}, open to everyone. */
public final class ProbeRoutes implements Routes {

    private static final int UNAVAILABLE = 503;

    private final Probes probes;

    public ProbeRoutes(Probes probes) {
        this.probes = probes;
    }

    @Override
    public void mount(Router router) {
        router.open("/healthz/live", ctx -> answer(ctx, probes.live()))
                .open("/healthz/ready", ctx -> answer(ctx, probes.ready()));
    }

    private static void answer(Context ctx, Probe probe) {
        Replies.json(ctx, probe.passed() ? 200 : UNAVAILABLE, probe);
    }
}
