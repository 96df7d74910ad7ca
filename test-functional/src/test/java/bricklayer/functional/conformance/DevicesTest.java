package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.host.HostName;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DevicesTest extends Conformance {

    @BeforeAll
    void prepare() {
        topology(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'name':1}
            {'node':['a']}
            {'destroydata':'true'}
            {'destroydata':1}
            {'tags':'a'}
            [
            """)
    void unparsable(String body) {
        post("/devices", body).isText(422, UNPARSABLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {} | name: cannot be blank; node: cannot be blank
            {'name':'vdb','node':'$node1'} | name: must be in a valid format
            {'name':'/','node':'$node1'} | name: must be in a valid format
            {'name':'/dev/v db','node':'x'} | name: must be in a valid format; node: x is not a valid UUID
            {'name':'/dev/vdb;reboot','node':'$node1'} | name: must be in a valid format
            {'name':'/dev/$(reboot)','node':'$node1'} | name: must be in a valid format
            {'name':'/dev/vdx','node':'$node1','tags':{'a/b':''}} | tags: invalid characters in tag name a/b
            """)
    void invalid(String body, String why) {
        post("/devices", body).isText(400, filled("validation failed: " + why + "."));
    }

    @Test
    void nodeUnknown() {
        post("/devices", "{'name':'/dev/vdx','node':'" + NOBODY + "'}").isText(404, "Node id does not exist");
        post("/devices", "{'name':'/dev/vdx','destroydata':true,'node':'" + NOBODY + "'}")
                .isText(404, "Node id does not exist");
    }

    /** The id of the new device is not told; clients look at the node. */
    @Test
    void addAndInfo() {
        over(post("/devices", "{'name':'/dev/disk/by-id/a_b.c:d-e','node':'$node3','tags':{'rack':'1'}}"));
        Map<String, Object> device = get("/nodes/$node3").objects("devices").stream()
                .filter(seen -> "/dev/disk/by-id/a_b.c:d-e".equals(seen.get("name")))
                .findFirst()
                .orElseThrow();
        Reply info = get("/devices/" + device.get("id")).isJson(200);
        assertThat(info.json()).isEqualTo(device);
        assertThat(info.json().keySet())
                .containsExactly("name", "tags", "storage", "id", "paths", "pv_uuid", "state", "bricks");
        assertThat(info.texts("paths")).isNotEmpty();
        assertThat((String) info.at("state")).isEqualTo("online");
        assertThat(info.objects("bricks")).isEmpty();
        long total = info.number("storage", "total");
        // KiB of a disk of 50 GiB, less what LVM keeps for itself
        assertThat(total).isBetween(50L * 1024 * 1024 - 200_000, 50L * 1024 * 1024);
        assertThat(info.number("storage", "free")).isEqualTo(total);
        assertThat(info.number("storage", "used")).isZero();
        assertThat(info.body()).contains("\"storage\":{\"total\":%d,\"free\":%d,\"used\":0}".formatted(total, total));
    }

    @Test
    void bricks() {
        String volume = newVolume(PLAIN);
        Reply info = get("/devices/$device11").isJson(200);
        assertThat(info.objects("bricks")).hasSize(1);
        Map<String, Object> brick = info.objects("bricks").getFirst();
        assertThat(brick.keySet()).containsExactly("id", "path", "device", "node", "volume", "size");
        assertThat(brick)
                .containsEntry("device", known("device11"))
                .containsEntry("node", known("node1"))
                .containsEntry("volume", volume)
                .containsEntry("size", 1024 * 1024)
                .containsEntry(
                        "path",
                        "/var/lib/heketi/mounts/vg_%s/brick_%s/brick".formatted(known("device11"), brick.get("id")));
        long total = info.number("storage", "total");
        long free = info.number("storage", "free");
        assertThat(info.number("storage", "used")).isGreaterThan(1024 * 1024).isEqualTo(total - free);
        delete("/devices/$device11").isText(400, filled("device: $device11 is not in failed state"));
        deleteVolumes();
        assertThat(get("/devices/$device11").number("storage", "used")).isZero();
    }

    @Test
    void bricksByIdAscending() {
        for (int i = 0; i < 4; i++) {
            newVolume(PLAIN);
        }
        assertThat(get("/devices/$device11").objects("bricks"))
                .hasSize(4)
                .extracting(brick -> (String) brick.get("id"))
                .isSorted();
        deleteVolumes();
    }

    @Test
    void unknownIds() {
        get("/devices/" + NOBODY).isText(404, GONE);
        delete("/devices/" + NOBODY).isText(404, GONE);
        post("/devices/" + NOBODY + "/state", "{'state':'offline'}").isText(404, GONE);
        post("/devices/" + NOBODY + "/tags", "{'change_type':'set'}").isText(404, GONE);
    }

    private void toState(String device, String state) {
        over(post("/devices/" + device + "/state", "{'state':'%s'}".formatted(state)));
        assertThat((String) get("/devices/" + device).at("state")).isEqualTo(state);
    }

    @Test
    void statesAndDelete() {
        String device = newDevice(known("node1"), "/dev/vdm");
        toState(device, "online");
        fails(
                post("/devices/" + device + "/state", "{'state':'failed'}"),
                "Device must be offline before remove operation is performed, device:" + device);
        toState(device, "offline");
        toState(device, "offline");
        toState(device, "online");
        delete("/devices/" + device).isText(400, "device: " + device + " is not in failed state");
        send("DELETE", "/devices/" + device, "{'forceforget':true}")
                .isText(400, "device: " + device + " is not in failed state");
        toState(device, "offline");
        delete("/devices/" + device).isText(400, "device: " + device + " is not in failed state");
        toState(device, "failed");
        toState(device, "failed");
        fails(
                post("/devices/" + device + "/state", "{'state':'online'}"),
                "Cannot move a failed/removed device to online state");
        toState(device, "offline");
        toState(device, "failed");
        send("DELETE", "/devices/" + device, "{").isText(422, UNPARSABLE);
        send("DELETE", "/devices/" + device, "{'forceforget':'x'}").isText(422, UNPARSABLE);
        over(send("DELETE", "/devices/" + device, "{'forceforget':false}"));
        get("/devices/" + device).isText(404, GONE);
    }

    /** What the Python client sends with a DELETE. */
    @Test
    void deleteWithAnEmptyObject() {
        String device = newDevice(known("node1"), "/dev/vdn");
        toState(device, "offline");
        toState(device, "failed");
        over(send("DELETE", "/devices/" + device, "{}"));
    }

    @Test
    void offlineDeviceTakesNoBricks() {
        toState(known("device11"), "offline");
        post("/volumes", PLAIN).isText(500, "Failed to allocate new volume: No space");
        toState(known("device11"), "online");
    }

    @Test
    void foreignData() {
        server.stop();
        stand.inside(nodes -> {
            nodes.foreignSignature(new HostName("node2"), "/dev/vde", "ext4");
            return true;
        });
        server.restart();
        Reply end = end(post("/devices", "{'name':'/dev/vde','node':'$node2'}").isAccepted());
        assertThat(end.status()).isEqualTo(500);
        assertThat(end.headers())
                .containsEntry("content-type", "text/plain; charset=utf-8")
                .containsEntry("x-content-type-options", "nosniff");
        assertThat(end.body())
                .startsWith("Initializing device /dev/vde failed (already initialized or contains data?): ")
                .contains("node2", "ext4");
        over(post("/devices", "{'name':'/dev/vde','node':'$node2','destroydata':true}"));
    }

    /** Heketi left this to the node. */
    @Test
    void nameTwiceOnANode() {
        Reply twice = post("/devices", "{'name':'/dev/vdb','node':'$node1'}");
        assertThat(twice.status()).as("%s", twice).isEqualTo(409);
        assertThat(twice.body()).contains(known("device11"));
    }
}
