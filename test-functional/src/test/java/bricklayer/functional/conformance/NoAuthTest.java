package bricklayer.functional.conformance;

import bricklayer.functional.ServerProcess;
import org.junit.jupiter.api.Test;

/** With {@code --disable-auth} nobody is asked, and no header is too bad. */
final class NoAuthTest extends Conformance {

    @Override
    ServerProcess.Keys keys() {
        return ServerProcess.Keys.NOT_ASKED;
    }

    @Test
    void whoeverComes() {
        raw("GET", "/clusters", "").isJson(200);
        raw("GET", "/clusters", "", "Authorization: nonsense").isJson(200);
        raw("GET", "/clusters", "", "Authorization: bearer a.b.c").isJson(200);
        raw("GET", "/clusters", "", "Authorization: bearer " + Tokens.of("user", "x", "GET", "/x"))
                .isJson(200);
        // the token that Heketi's clients send when they have no credentials
        raw("GET", "/clusters", "", "Authorization: bearer " + Tokens.of("", "", "GET", "/clusters"))
                .isJson(200);
        raw("POST", "/clusters", "{}").isJson(201);
        raw("GET", "/nothing", "").isText(404, "Invalid path or request");
        raw("GET", "/nodes", "").isEmpty(405);
    }
}
