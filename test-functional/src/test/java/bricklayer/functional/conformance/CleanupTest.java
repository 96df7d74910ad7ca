package bricklayer.functional.conformance;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /operations/pending/cleanup} accepts nearly anything, and passes over what there is not. */
final class CleanupTest extends Conformance {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{'operations':null}",
                "{'operations':[]}",
                "{'operations':['0123456789abcdef0123456789abcdef','0123456789ABCDEF0123456789ABCDEF']}"
            })
    void accepted(String body) {
        over(post("/operations/pending/cleanup", body));
    }

    @Test
    void refused() {
        for (String body : new String[] {"", "{", "{'operations':'x'}", "{'operations':[1]}"}) {
            post("/operations/pending/cleanup", body).isText(422, UNPARSABLE);
        }
        post("/operations/pending/cleanup", "{'operations':['x']}")
                .isText(400, "validation failed: operations: x is not a valid UUID.");
        post(
                        "/operations/pending/cleanup",
                        "{'operations':['" + String.join("','", Collections.nCopies(33, NOBODY)) + "']}")
                .isText(400, "validation failed: operations: too many ids specified (33), up to 32 supported.");
        over(post(
                "/operations/pending/cleanup",
                "{'operations':['" + String.join("','", Collections.nCopies(32, NOBODY)) + "']}"));
    }
}
