package bricklayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.config.GlusterConfig.LogLevel;
import bricklayer.config.ServerConfig.AdminMode;
import bricklayer.http.RawHttp.Reply;
import bricklayer.problem.Problem;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code /admin}, {@code /internal/logging}, and what the modes let through. */
class AdminRoutesTest {

    private final AtomicReference<Optional<String>> damage = new AtomicReference<>(Optional.empty());
    private final ServingMode mode = new ServingMode(AdminMode.NORMAL, damage::get);
    private final Levels levels = new Levels();
    private final HttpServer server = HttpServer.start(
            SampleServer.CONFIG,
            List.of(new ModeGate(mode)),
            List.of(new AdminRoutes(mode), new LoggingRoutes(levels)),
            (method, route, status, took) -> {},
            new Random(1));
    private final RawHttp http = new RawHttp(server.port());

    private static final class Levels implements LogLevelSwitch {
        private volatile LogLevel now = LogLevel.INFO;

        @Override
        public LogLevel level() {
            return now;
        }

        @Override
        public void level(LogLevel wanted) {
            now = wanted;
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static Incoming from(String peer, String method) {
        return new Incoming(method, "/volumes", Optional.empty(), InetAddress.ofLiteral(peer));
    }

    private boolean admits(Incoming request) {
        try {
            new ModeGate(mode).admit(request);
            return true;
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).isEqualTo("Service disabled for maintenance");
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "normal, POST, 192.0.2.1, true",
        "read-only, POST, 127.0.0.1, false",
        "read-only, DELETE, 192.0.2.1, false",
        "read-only, GET, 192.0.2.1, true",
        "read-only, HEAD, 192.0.2.1, true",
        "local-client, GET, 192.0.2.1, true",
        "local-client, POST, 192.0.2.1, false",
        "local-client, POST, 127.0.0.1, true",
        "local-client, POST, ::1, true",
        "local-client, POST, 127.0.0.2, false",
    })
    void eachModeLetsThroughWhatItShould(String name, String method, String peer, boolean through) {
        mode.set(AdminMode.named(name).orElseThrow());
        assertThat(admits(from(peer, method))).isEqualTo(through);
    }

    @ParameterizedTest
    @EnumSource(AdminMode.class)
    void theModeIsShownAndSet(AdminMode wanted) {
        Reply set = http.post("/admin", "{\"state\":\"" + wanted.wire() + "\"}");
        assertThat(set.status()).isEqualTo(204);
        assertThat(set.body()).isEmpty();
        assertThat(http.get("/admin").body()).isEqualTo("{\"state\":\"" + wanted.wire() + "\"}\n");
    }

    @Test
    void whoShutsTheDoorStaysOutUntilTheSignal() {
        http.post("/admin", "{\"state\":\"read-only\"}");
        Reply refused = http.post("/admin", "{\"state\":\"normal\"}", "Accept: application/problem+json");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("SIGUSR2");
        assertThat(http.post("/no/such/path", "").status()).isEqualTo(503);
        mode.set(AdminMode.NORMAL);
        assertThat(http.post("/admin", "{\"state\":\"normal\"}").status()).isEqualTo(204);
    }

    @Test
    void noModeLiftsThatTheRecordsTakeNoChanges() {
        damage.set(Optional.of("the log is damaged"));
        assertThat(http.get("/admin").body()).isEqualTo("{\"state\":\"read-only\"}\n");
        mode.set(AdminMode.NORMAL);
        Reply refused = http.post("/admin", "{\"state\":\"normal\"}", "Accept: application/problem+json");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("no admin mode lifts this").contains("the log is damaged");
        damage.set(Optional.empty());
        assertThat(http.get("/admin").body()).isEqualTo("{\"state\":\"normal\"}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/admin | { | 400 | request unable to be parsed: ",
                "/admin | {\"state\":7} | 400 | request unable to be parsed: ",
                "/admin | {} | 400 | validation failed: state: cannot be blank.",
                "/admin | {\"state\":\"NORMAL\"} | 400 | validation failed: state: must be a valid value.",
                "/internal/logging | no JSON | 400 | request unable to be parsed: ",
                "/internal/logging | {} | 422 | Only \"glusterfs\" logger may be modified",
                "/internal/logging | {\"loglevel\":{\"http\":\"info\"}} | 422 | Only \"glusterfs\" logger may be modified",
                "/internal/logging | {\"loglevel\":{\"glusterfs\":\"loud\"}} | 422 | invalid log level: loud",
                "/internal/logging | {\"loglevel\":{\"glusterfs\":\"INFO\"}} | 422 | invalid log level: INFO",
            })
    void whatCannotBeMeantIsRefusedAndChangesNothing(String path, String body, int status, String text) {
        Reply refused = http.post(path, body);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body()).startsWith(text);
        assertThat(mode.now()).isEqualTo(AdminMode.NORMAL);
        assertThat(levels.level()).isEqualTo(LogLevel.INFO);
    }

    @ParameterizedTest
    @EnumSource(LogLevel.class)
    void theLevelIsShownAndSet(LogLevel wanted) {
        String state = "{\"loglevel\":{\"glusterfs\":\"" + wanted.wire() + "\"}}";
        Reply set = http.post("/internal/logging", state);
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.body()).isEqualTo(state + "\n");
        assertThat(http.get("/internal/logging").body()).isEqualTo(state + "\n");
        assertThat(http.post("/internal/logging", "{\"loglevel\":{\"glusterfs\":\"\"}}")
                        .body())
                .isEqualTo(state + "\n");
    }
}
