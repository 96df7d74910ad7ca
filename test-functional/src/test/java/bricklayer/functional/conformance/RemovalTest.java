package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Devices and nodes that are given up while they hold bricks. */
final class RemovalTest extends Conformance {

    private void toState(String path, String state) {
        over(post(path + "/state", "{'state':'%s'}".formatted(state)));
    }

    @Test
    void deviceAndNode() {
        topology(1);
        newDevice(newNode(known("cluster")), "/dev/vdb");
        String volume = newVolume(PLAIN);
        List<Object> used = get("/volumes/" + volume).objects("bricks").stream()
                .map(seen -> seen.get("device"))
                .toList();
        // the one of the four that took no brick
        String spareDevice = get("/clusters/$cluster").texts("nodes").stream()
                .map(node -> (String)
                        get("/nodes/" + node).objects("devices").getFirst().get("id"))
                .filter(id -> !used.contains(id))
                .findFirst()
                .orElseThrow();
        Map<String, Object> brick = get("/volumes/" + volume).objects("bricks").getFirst();
        String device = "/devices/" + brick.get("device");
        String node = "/nodes/" + brick.get("node");

        toState(device, "offline");
        delete(device).isText(400, "device: " + brick.get("device") + " is not in failed state");
        toState(device, "failed");
        assertThat((String) get(device).at("state")).isEqualTo("failed");
        assertThat(get(device).objects("bricks")).isEmpty();
        assertThat(get("/volumes/" + volume).objects("bricks"))
                .hasSize(3)
                .extracting(moved -> moved.get("device"))
                .contains(spareDevice)
                .doesNotContain(brick.get("device"));

        // no room is left for those of another device
        String other = get("/volumes/" + volume).objects("bricks").stream()
                .map(moved -> (String) moved.get("device"))
                .filter(id -> !id.equals(spareDevice))
                .findFirst()
                .orElseThrow();
        toState("/devices/" + other, "offline");
        Reply end =
                end(post("/devices/" + other + "/state", "{'state':'failed'}").isAccepted());
        assertThat(end.status()).isEqualTo(500);
        assertThat(end.body())
                .startsWith("Unable to delete device [" + other + "] as no device was found to replace it: ")
                .endsWith("No Replacement was found for resource requested to be removed\n");
        assertThat((String) get("/devices/" + other).at("state")).isEqualTo("offline");
        toState("/devices/" + other, "online");

        over(delete(device));
        toState(node, "offline");
        toState(node, "failed");
        over(delete(node));
        assertThat(get("/clusters/$cluster").texts("nodes")).hasSize(3);
        assertThat((Object) get("/volumes/" + volume).texts("mount", "glusterfs", "hosts"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(3);

        String last =
                (String) get("/volumes/" + volume).objects("bricks").getFirst().get("node");
        toState("/nodes/" + last, "offline");
        Reply stuck =
                end(post("/nodes/" + last + "/state", "{'state':'failed'}").isAccepted());
        assertThat(stuck.status()).isEqualTo(500);
        assertThat(stuck.body()).startsWith("Unable to ").contains("as no device was found to replace");
        assertThat((String) get("/nodes/" + last).at("state")).isEqualTo("offline");
        deleteVolumes();
    }
}
