package bricklayer.http;

import bricklayer.api.LogLevels;
import bricklayer.config.GlusterConfig.LogLevel;
import bricklayer.problem.Problem;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /internal/logging}: how much is logged. There is one level for the whole server, under the name of Heketi's only logger. */
public final class LoggingRoutes implements Routes {

    private static final String LOGGER = "glusterfs";

    private final LogLevelSwitch levels;

    public LoggingRoutes(LogLevelSwitch levels) {
        this.levels = levels;
    }

    @Override
    public void mount(Router router) {
        router.get("/internal/logging", this::get).post("/internal/logging", this::set);
    }

    private void get(Context ctx) {
        Replies.json(ctx, new LogLevels(Map.of(LOGGER, levels.level().wire())));
    }

    private void set(Context ctx) {
        String wanted = Bodies.readOrExplain(ctx, LogLevels.class).logLevel().get(LOGGER);
        if (wanted == null) {
            throw unusable("Only \"" + LOGGER + "\" logger may be modified");
        }
        if (!wanted.isEmpty()) {
            levels.level(LogLevel.named(wanted).orElseThrow(() -> unusable("invalid log level: " + wanted)));
        }
        get(ctx);
    }

    private static Problem unusable(String text) {
        return Problem.of(422, "invalid-log-level", text)
                .next("send {\"loglevel\":{\"" + LOGGER + "\":LEVEL}} with one of "
                        + Arrays.stream(LogLevel.values()).map(LogLevel::wire).collect(Collectors.joining(", ")));
    }
}
