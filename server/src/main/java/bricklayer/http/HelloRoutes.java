package bricklayer.http;

/** {@code GET /hello}, the probe that clients and Kubernetes use. */
public final class HelloRoutes implements Routes {

    @Override
    public void mount(Router router) {
        router.open("/hello", ctx -> Replies.text(ctx, "Hello from Heketi"));
    }
}
