package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code GET /devices/{id}/resync}: a GET that begins a job. */
final class ResyncTest extends Conformance {

    @BeforeAll
    void prepare() {
        topology(1);
    }

    @Test
    void resync() {
        newVolume(PLAIN);
        Reply before = get("/devices/$device11").isJson(200);
        Reply accepted = get("/devices/$device11/resync").isAcceptedWithALink();
        end(accepted).isEmpty(204);
        get("/devices/$device11").isJson(200, before.body().strip());
        // what the Python client sends
        end(send("GET", "/devices/$device11/resync", "{}").isAcceptedWithALink())
                .isEmpty(204);
        deleteVolumes();
        end(get("/devices/$device11/resync").isAcceptedWithALink()).isEmpty(204);
        assertThat(get("/devices/$device11").number("storage", "used")).isZero();
    }

    @Test
    void unknown() {
        get("/devices/" + NOBODY + "/resync").isText(404, GONE);
    }
}
