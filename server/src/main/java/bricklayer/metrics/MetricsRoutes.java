package bricklayer.metrics;

import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;

/** {@code GET /metrics}, open to everyone. */
public final class MetricsRoutes implements Routes {

    private final Metrics metrics;

    public MetricsRoutes(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void mount(Router router) {
        router.open("/metrics", ctx -> Replies.body(ctx, Metrics.TEXT_FORMAT, metrics.text()));
    }
}
