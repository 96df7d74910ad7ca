package bricklayer.http;

import bricklayer.api.AdminStatus;
import bricklayer.config.ServerConfig.AdminMode;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import io.javalin.http.Context;
import java.util.Arrays;

/** {@code /admin}: which requests are served. */
public final class AdminRoutes implements Routes {

    private final ServingMode mode;

    public AdminRoutes(ServingMode mode) {
        this.mode = mode;
    }

    @Override
    public void mount(Router router) {
        router.get("/admin", this::get).post("/admin", this::set);
    }

    private void get(Context ctx) {
        Replies.json(ctx, new AdminStatus(mode.now().wire()));
    }

    private void set(Context ctx) {
        String wanted = Bodies.readOrExplain(ctx, AdminStatus.class).state();
        String[] allowed =
                Arrays.stream(AdminMode.values()).map(AdminMode::wire).toArray(String[]::new);
        new Validation()
                .field("state", Rules.required(wanted), Rules.oneOf(wanted, allowed))
                .orThrow();
        mode.set(AdminMode.named(wanted).orElseThrow());
        Replies.empty(ctx, 204);
    }
}
