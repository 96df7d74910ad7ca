package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.functional.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is seen of volumes while something happens to them. The nodes are slow, so that there is time to look. */
final class PendingTest extends Conformance {

    @Override
    int commandDelayMillis() {
        return 150;
    }

    @BeforeAll
    void prepare() {
        topology(1);
    }

    @AfterEach
    void tidy() {
        deleteVolumes();
        awaitQuiet();
    }

    private String onlyPending() {
        List<Map<String, Object>> pending =
                get("/operations/pending").isJson(200).objects("pendingoperations");
        assertThat(pending).hasSize(1);
        return String.valueOf(pending.getFirst().get("id"));
    }

    private void stillRuns(Reply accepted) {
        Reply reply = get(accepted.location());
        assertThat(reply.status())
                .as("%s: the nodes were too fast for this test", reply)
                .isEqualTo(200);
        assertThat(reply.headers())
                .containsEntry("x-pending", "true")
                .containsEntry("content-length", "0")
                .doesNotContainKey("content-type");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void nothing() {
        get("/operations").isJson(200, "{\"total\":0,\"in_flight\":0,\"stale\":0,\"failed\":0,\"new\":0}");
        get("/operations/pending").isJson(200, "{\"pendingoperations\":[]}");
        get("/operations/pending/" + NOBODY).isText(404, GONE + ": " + NOBODY);
    }

    @Test
    void created() {
        long freeBefore = get("/devices/$device11").number("storage", "free");
        Reply accepted = post("/volumes", PLAIN).isAccepted();

        get("/operations").isJson(200, "{\"total\":1,\"in_flight\":1,\"stale\":0,\"failed\":0,\"new\":1}");
        String operation = onlyPending();
        get("/operations/pending")
                .isJson(
                        200,
                        json(
                                "{'pendingoperations':[{'id':'%s','type_name':'create-volume','status':'','sub_status':'in-flight'}]}"
                                        .formatted(operation)));
        Reply details = get("/operations/pending/" + operation).isJson(200);
        // more than Heketi tells comes behind
        assertThat(details.json().keySet()).startsWith("id", "type_name", "status", "sub_status", "changes");
        assertThat(details.json())
                .containsEntry("type_name", "create-volume")
                .containsEntry("status", "")
                .containsEntry("sub_status", "");
        List<Map<String, Object>> changes = details.objects("changes");
        assertThat(changes).allSatisfy(change -> assertThat(change).containsOnlyKeys("id", "description"));
        assertThat(changes)
                .extracting(change -> change.get("description"))
                .containsExactlyInAnyOrder("Add volume", "Add brick", "Add brick", "Add brick");
        String volume = (String) changes.stream()
                .filter(change -> "Add volume".equals(change.get("description")))
                .findFirst()
                .orElseThrow()
                .get("id");

        get("/volumes").isJson(200, "{\"volumes\":[]}");
        get("/volumes/" + volume).isText(404, GONE);
        delete("/volumes/" + volume).isText(404, GONE);
        post("/volumes/" + volume + "/expand", "{'expand_size':1}").isText(404, GONE);
        assertThat(get("/clusters/$cluster").texts("volumes")).isEmpty();
        Reply device = get("/devices/$device11").isJson(200);
        assertThat(device.objects("bricks")).hasSize(1);
        assertThat(device.number("storage", "free")).isLessThan(freeBefore);
        stillRuns(accepted);

        assertThat(end(accepted).leadsTo("volumes").location()).isEqualTo("/volumes/" + volume);
        get("/volumes/" + volume).isJson(200);
        get("/operations/pending/" + operation).isText(404, GONE + ": " + operation);
        assertThat(get("/clusters/$cluster").texts("volumes")).containsExactly(volume);
    }

    @Test
    void deleted() {
        String volume = newVolume(PLAIN);
        Reply accepted = delete("/volumes/" + volume).isAccepted();
        assertThat(get("/operations/pending").body()).contains("\"type_name\":\"delete-volume\"");
        // first it is asked whether gluster would refuse; until then the volume is there
        Eventually.within(
                Duration.ofSeconds(10),
                Duration.ofMillis(5),
                "it is hidden",
                () -> volumes().isEmpty());
        get("/volumes/" + volume).isText(404, GONE);
        assertThat(get("/clusters/$cluster").texts("volumes")).isEmpty();
        delete("/clusters/$cluster")
                .isText(409, filled("Unable to delete cluster [$cluster] because it contains volumes and/or nodes"));
        stillRuns(accepted);
        end(accepted).isEmpty(204);
    }

    /** Heketi did not look whether something else is under way with the volume; the later one of two could undo the earlier one's record. */
    @Test
    void expanded() {
        String volume = newVolume(PLAIN);
        Reply accepted =
                post("/volumes/" + volume + "/expand", "{'expand_size':2}").isAccepted();
        Reply during = get("/volumes/" + volume).isJson(200);
        assertThat(during.number("size")).isEqualTo(1);
        assertThat(during.objects("bricks")).hasSize(6);
        assertThat(volumes()).containsExactly(volume);
        Reply details = get("/operations/pending/" + onlyPending()).isJson(200);
        assertThat(details.json()).containsEntry("type_name", "expand-volume");
        assertThat(details.objects("changes"))
                .extracting(change -> change.get("description"))
                .containsExactlyInAnyOrder("Expand volume", "Add brick", "Add brick", "Add brick");
        post("/volumes/" + volume + "/expand", "{'expand_size':1}")
                .isText(500, "Failed to allocate volume expansion: " + IN_USE);
        delete("/volumes/" + volume).isText(500, "Failed to set up volume delete: " + IN_USE);
        stillRuns(accepted);
        end(accepted).leadsTo("volumes");
        assertThat(get("/volumes/" + volume).number("size")).isEqualTo(3);
    }
}
