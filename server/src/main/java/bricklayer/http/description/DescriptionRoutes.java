package bricklayer.http.description;

import bricklayer.api.WireJson;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import java.util.List;

/** {@code GET /openapi.json} and {@code GET /docs}, open to everyone: they say nothing about this server's clusters. Made once, at the start. */
public final class DescriptionRoutes implements Routes {

    private final String json;
    private final String page;

    public DescriptionRoutes() {
        Preface preface = Preface.read();
        List<Area> areas = Area.all();
        json = WireJson.writeIndented(OpenApi.of(preface, areas)) + "\n";
        page = Page.of(preface, areas);
    }

    @Override
    public void mount(Router router) {
        router.open("/openapi.json", ctx -> Replies.body(ctx, "application/json; charset=UTF-8", json))
                .open("/docs", ctx -> Replies.body(ctx, "text/html; charset=utf-8", page));
    }
}
