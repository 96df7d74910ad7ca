package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /bricks/to-evict/{id}}: one brick is replaced by another elsewhere. */
final class BricksTest extends Conformance {

    @BeforeAll
    void prepare() {
        topology(2);
    }

    @AfterEach
    void tidy() {
        deleteVolumes();
    }

    private List<Map<String, Object>> bricks(String volume) {
        return get("/volumes/" + volume).isJson(200).objects("bricks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{'healcheck':''}", "{'healcheck':'enable'}", "{'healcheck':'disable'}"})
    void evict(String body) {
        String volume = newVolume(PLAIN);
        Map<String, Object> leaving = bricks(volume).getFirst();
        Object id = leaving.get("id");
        over(post("/bricks/to-evict/" + id, body));
        assertThat(bricks(volume))
                .hasSize(3)
                .extracting(brick -> brick.get("id"))
                .doesNotContain(id);
        assertThat(bricks(volume)).extracting(brick -> brick.get("device")).doesNotContain(leaving.get("device"));
        post("/bricks/to-evict/" + id, body).isText(404, GONE);
        assertThat(get("/devices/" + leaving.get("device")).objects("bricks")).isEmpty();
    }

    @Test
    void refused() {
        post("/bricks/to-evict/" + NOBODY, "{").isText(422, UNPARSABLE);
        post("/bricks/to-evict/" + NOBODY, "{'healcheck':1}").isText(422, UNPARSABLE);
        post("/bricks/to-evict/" + NOBODY, "{'healcheck':'x'}")
                .isText(400, "validation failed: healcheck: x is not valid heal info check.");
        post("/bricks/to-evict/" + NOBODY, "{}").isText(404, GONE);
        post("/bricks/to-evict/" + NOBODY, "").isText(404, GONE);
    }

    @Test
    void nowhereToGo() {
        for (String device : new String[] {"$device12", "$device22", "$device32"}) {
            over(post("/devices/" + device + "/state", "{'state':'offline'}"));
        }
        String volume = newVolume(PLAIN);
        fails(
                post("/bricks/to-evict/" + bricks(volume).getFirst().get("id"), "{}"),
                "No Replacement was found for resource requested to be removed");
        assertThat(bricks(volume)).hasSize(3);
        for (String device : new String[] {"$device12", "$device22", "$device32"}) {
            over(post("/devices/" + device + "/state", "{'state':'online'}"));
        }
    }
}
