package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The records as a whole. */
final class DatabaseTest extends Conformance {

    private static final List<String> KINDS = List.of(
            "clusters", "volumes", "bricks", "nodes", "devices", "blockvolumes", "dbattributes", "pendingoperations");

    @BeforeAll
    void prepare() {
        topology(1);
        know("volume", newVolume(PLAIN));
    }

    @Test
    void check() {
        Reply reply = get("/db/check").isIndentedJson();
        Map<String, Object> all = reply.json();
        assertThat(all.keySet())
                .containsExactlyInAnyOrderElementsOf(java.util.stream.Stream.concat(
                                KINDS.stream(), java.util.stream.Stream.of("totalinconsistencies"))
                        .toList());
        assertThat(reply.number("totalinconsistencies")).isZero();
        for (String kind : KINDS) {
            Map<String, Object> counts = reply.at(kind);
            assertThat(counts.keySet())
                    .as(kind)
                    .containsExactlyInAnyOrder("total", "pending", "ok", "notok", "inconsistencies");
            assertThat(counts).as(kind).containsEntry("inconsistencies", null).containsEntry("notok", 0);
        }
        assertThat(reply.number("clusters", "total")).isEqualTo(1);
        assertThat(reply.number("nodes", "ok")).isEqualTo(3);
        assertThat(reply.number("devices", "total")).isEqualTo(3);
        assertThat(reply.number("volumes", "ok")).isEqualTo(1);
        assertThat(reply.number("bricks", "total")).isEqualTo(3);
        assertThat(reply.number("dbattributes", "total")).isZero();
    }

    @Test
    void dump() {
        Reply reply = get("/db/dump").isIndentedJson();
        assertThat(reply.json().keySet())
                .containsExactlyInAnyOrder(
                        "clusterentries",
                        "volumeentries",
                        "brickentries",
                        "nodeentries",
                        "deviceentries",
                        "blockvolumeentries",
                        "dbattributeentries",
                        "pendingoperations");
        Map<String, Object> clusters = reply.at("clusterentries");
        assertThat(clusters).containsOnlyKeys(known("cluster"));
        Map<String, Object> volumes = reply.at("volumeentries");
        assertThat(volumes).containsOnlyKeys(known("volume"));
        assertThat(reply.<Map<String, Object>>at("nodeentries")).hasSize(3);
        assertThat(reply.<Map<String, Object>>at("brickentries")).hasSize(3);
        assertThat(reply.<Map<String, Object>>at("blockvolumeentries")).isEmpty();
        // what the Python client sends
        send("GET", "/db/dump", "{}").isIndentedJson();
    }

    @Test
    void backup() {
        Reply reply = get("/backup/db");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers())
                .containsEntry("content-type", "application/octet-stream")
                .containsEntry("content-disposition", "attachment; filename=\"heketi.db\"")
                .containsKey("content-length");
        assertThat(reply.body()).isNotEmpty();
    }

    @Test
    void examine() {
        Reply reply = get("/internal/state/examine/gluster").isIndentedJson();
        assertThat(reply.json().keySet()).containsExactly("heketidb", "report", "clusters");
        assertThat(reply.texts("report"))
                .contains(
                        "OnDemand Examiner invoked while 0 ops are in flight",
                        "heketi volume list matches with volume list of all nodes");
        Map<String, Object> cluster = reply.objects("clusters").getFirst();
        assertThat(cluster.keySet()).containsExactly("ClusterHeketiID", "NodesData");
        assertThat(cluster).containsEntry("ClusterHeketiID", known("cluster"));
        assertThat((List<?>) cluster.get("NodesData"))
                .hasSize(3)
                .allSatisfy(node -> assertThat(((Map<?, ?>) node).keySet())
                        .isEqualTo(new java.util.LinkedHashSet<>(List.of(
                                "NodeHeketiID",
                                "VolumeInfo",
                                "LVMPVInfo",
                                "LVMVGInfo",
                                "LVMLVInfo",
                                "BricksMountStatus",
                                "BlockVolumeNames"))));
    }
}
