package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CloneTest extends Conformance {

    @Override
    int commandDelayMillis() {
        return 20;
    }

    @BeforeAll
    void prepare() {
        topology(1);
    }

    @AfterEach
    void tidy() {
        deleteVolumes();
    }

    private String source() {
        return newVolume(
                "{'size':1,'name':'source','gid':2001,'durability':{'type':'replicate','replicate':{'replica':3}},'snapshot':{'enable':true,'factor':2}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{'name':1}", "[]"})
    void unparsable(String body) {
        post("/volumes/" + NOBODY + "/clone", body).isText(422, UNPARSABLE);
    }

    @Test
    void invalid() {
        post("/volumes/" + NOBODY + "/clone", "{'name':'a b'}")
                .isText(400, "validation failed: name: must be in a valid format.");
        post("/volumes/" + NOBODY + "/clone", "{}").isText(404, GONE);
    }

    @Test
    void named() {
        String source = source();
        String path = made(post("/volumes/" + source + "/clone", "{'name':'copy'}"), "volumes");
        assertThat(path).isNotEqualTo("/volumes/" + source);
        Reply copy = get(path).isJson(200);
        Reply original = get("/volumes/" + source).isJson(200);
        assertThat((String) copy.at("name")).isEqualTo("copy");
        for (String same : new String[] {"size", "durability", "gid", "cluster", "snapshot"}) {
            assertThat(copy.<Object>at(same)).as(same).isEqualTo(original.at(same));
        }
        List<Map<String, Object>> bricks = copy.objects("bricks");
        assertThat(bricks).hasSize(3);
        assertThat(bricks)
                .extracting(brick -> brick.get("device"))
                .containsExactlyInAnyOrder(original.objects("bricks").stream()
                        .map(brick -> brick.get("device"))
                        .toArray());
        assertThat(bricks)
                .extracting(brick -> brick.get("id"))
                .doesNotContainAnyElementsOf(original.objects("bricks").stream()
                        .map(brick -> brick.get("id"))
                        .toList());
        assertThat(volumes()).containsExactlyInAnyOrder(source, path.substring("/volumes/".length()));
    }

    @Test
    void nameLeftOut() {
        String path = made(post("/volumes/" + source() + "/clone", "{}"), "volumes");
        assertThat((String) get(path).at("name")).isEqualTo("vol_" + path.substring("/volumes/".length()));
    }

    @Test
    void ofABlockHostingVolume() {
        String hosting =
                newVolume("{'size':1,'block':true,'durability':{'type':'replicate','replicate':{'replica':3}}}");
        post("/volumes/" + hosting + "/clone", "{}")
                .isText(500, "Failed clone volume " + hosting + ": Cloning of block hosting volumes is not supported");
    }

    /** While it runs the target is hidden and the source is listed, but not to be looked at. */
    @Test
    void whileItRuns() {
        String source = source();
        Reply accepted = post("/volumes/" + source + "/clone", "{}").isAccepted();
        assertThat(get("/operations/pending").isJson(200).objects("pendingoperations"))
                .extracting(pending -> pending.get("type_name"))
                .contains("clone-volume");
        assertThat(volumes()).containsExactly(source);
        get("/volumes/" + source).isText(404, GONE);
        end(accepted).leadsTo("volumes");
        get("/volumes/" + source).isJson(200);
    }
}
