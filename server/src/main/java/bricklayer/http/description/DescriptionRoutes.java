package bricklayer.http.description;

import bricklayer.api.WireJson;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import java.util.List;

/** {@code GET /openapi.json} and {@code GET /docs}, open to everyone: they say nothing about this server's clusters. */
public final class DescriptionRoutes implements Routes {

    @Override
    public void mount(Router router) {
        router.open("/openapi.json", ctx -> Replies.body(ctx, "application/json; charset=UTF-8", Made.JSON))
                .open("/docs", ctx -> Replies.body(ctx, "text/html; charset=utf-8", Made.PAGE));
    }

    /** Made once, when first asked for: a start waits for nothing that nobody may want. */
    private static final class Made {

        static final String JSON;
        static final String PAGE;

        static {
            Preface preface = Preface.read();
            List<Area> areas = Area.all();
            JSON = WireJson.write(OpenApi.of(preface, areas)) + "\n";
            PAGE = Page.of(preface, areas);
        }
    }
}
