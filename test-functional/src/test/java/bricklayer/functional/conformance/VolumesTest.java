package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VolumesTest extends Conformance {

    @BeforeAll
    void prepare() {
        post("/volumes", PLAIN).isText(400, "No clusters configured");
        topology(1);
        know("nobody", NOBODY);
        know("closed", newCluster("{}"));
        know("blockonly", newCluster("{'block':true}"));
        know("fileonly", newCluster("{'file':true}"));
    }

    @AfterEach
    void tidy() {
        deleteVolumes();
    }

    /** In the order in which Heketi looks: each row has all that the rows below it complain of. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'name':'a.b'} | validation failed: name: must be in a valid format; size: cannot be blank.
            {'size':-5,'name':'a/b'} | validation failed: name: must be in a valid format; size: must be no less than 1.
            {'size':0,'gid':-1} | validation failed: size: cannot be blank.
            {'size':1,'gid':-1,'durability':{'type':'x'}} | Bad group id less than zero
            {'size':1,'gid':2147483647,'durability':{'type':'x'}} | Bad group id equal or greater than 2**32
            {'size':1,'gid':9223372036854775807} | Bad group id equal or greater than 2**32
            {'size':1,'durability':{'type':'x','replicate':{'replica':9}},'snapshot':{'enable':true}} | Unknown durability type
            {'size':1,'durability':{'type':'Replicate'}} | Unknown durability type
            {'size':1,'durability':{'type':'replicate','replicate':{'replica':9}},'snapshot':{'enable':true}} | Invalid snapshot factor
            {'size':1,'snapshot':{'enable':true,'factor':0}} | Invalid snapshot factor
            {'size':1,'snapshot':{'enable':true,'factor':0.99}} | Invalid snapshot factor
            {'size':1,'snapshot':{'enable':true,'factor':100.1}} | Invalid snapshot factor
            {'size':1,'snapshot':{'enable':true,'factor':-2}} | Invalid snapshot factor
            {'size':1,'durability':{'type':'replicate','replicate':{'replica':4}},'clusters':['$nobody']} | Invalid replica value
            {'size':1,'durability':{'type':'disperse'},'clusters':['$nobody']} | Invalid dispersion combination: 0+0
            {'size':1,'durability':{'type':'disperse','disperse':{'data':4}}} | Invalid dispersion combination: 4+0
            {'size':1,'durability':{'type':'disperse','disperse':{'data':3,'redundancy':2}}} | Invalid dispersion combination: 3+2
            {'size':1,'durability':{'type':'disperse','disperse':{'data':8,'redundancy':5}}} | Invalid dispersion combination: 8+5
            {'size':1,'clusters':['$nobody']} | Cluster id $nobody not found
            {'size':1,'clusters':['$cluster','x']} | Cluster id x not found
            {'size':1,'clusters':['']} | Cluster id  not found
            {'size':1,'durability':{'type':'disperse','disperse':{'data':2,'redundancy':1}},'clusters':['$nobody']} | Cluster id $nobody not found
            {'size':1,'durability':{'type':'disperse','disperse':{'data':2,'redundancy':1}}} | Requested volume size (1 GB) is smaller than the minimum supported volume size (2097152)
            {'size':7,'durability':{'type':'disperse','disperse':{'data':8,'redundancy':3}}} | Requested volume size (7 GB) is smaller than the minimum supported volume size (8388608)
            """)
    void invalid(String body, String text) {
        post("/volumes", body).isText(400, filled(text));
    }

    /** Defects of Heketi that are not copied: such a volume would have no bricks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'size':1,'durability':{'type':'replicate','replicate':{'replica':-1}}}",
                "{'size':1,'durability':{'type':'disperse','disperse':{'data':-2,'redundancy':1}}}"
            })
    void negativeCounts(String body) {
        assertThat(post("/volumes", body).status()).isEqualTo(400);
        assertThat(volumes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'size':1,'clusters':['$closed']} | Cluster has disabled all volume types
            {'size':1,'clusters':['$blockonly']} | Cluster does not support requested volume type
            {'size':1,'block':true,'clusters':['$fileonly']} | Cluster does not support requested volume type
            {'size':1,'clusters':['$fileonly']} | No nodes in cluster
            {'size':100000,'clusters':['$cluster']} | No space
            {'size':1,'durability':{'type':'disperse','disperse':{'data':4,'redundancy':2}},'clusters':['$cluster']} | Requested
            {'size':4,'durability':{'type':'disperse','disperse':{'data':4,'redundancy':2}},'clusters':['$cluster']} | No space
            {'size':1,'glustervolumeoptions':['user.heketi.device-tag-match x'],'clusters':['$cluster']} | Invalid tag matching rule: Invalid tag match rule: x
            {'size':1,'glustervolumeoptions':['user.heketi.device-tag-match a=b'],'clusters':['$cluster']} | No space
            """)
    void notAllocated(String body, String reason) {
        if (reason.equals("Requested")) {
            post("/volumes", body)
                    .isText(
                            400,
                            "Requested volume size (1 GB) is smaller than the minimum supported volume size (4194304)");
            return;
        }
        post("/volumes", body).isText(500, "Failed to allocate new volume: " + reason);
    }

    @Test
    void noOnlineDevices() {
        String other = newCluster();
        String node = newNode(other);
        post("/volumes", "{'size':1,'clusters':['" + other + "']}")
                .isText(500, "Failed to allocate new volume: No online storage devices in cluster");
        over(delete("/nodes/" + node));
        delete("/clusters/" + other).isEmpty(200);
    }

    /** Heketi gives the lines in no fixed order. */
    @Test
    void severalClusters() {
        Reply none = post("/volumes", "{'size':1,'clusters':['$closed','$blockonly']}");
        assertThat(none.status()).isEqualTo(500);
        assertThat(none.body())
                .startsWith("Failed to allocate new volume: No eligible cluster for volume\n")
                .contains(filled("\nCluster $closed: Cluster has disabled all volume types\n"))
                .contains(filled("\nCluster $blockonly: Cluster does not support requested volume type\n"));
        Reply full = post("/volumes", "{'size':100000,'clusters':['$closed','$fileonly','$cluster']}");
        assertThat(full.status()).isEqualTo(500);
        assertThat(full.body())
                .startsWith("Failed to allocate new volume: Unable to create volume on any cluster:\n")
                .contains(filled("\nCluster $fileonly: No nodes in cluster\n"))
                .contains(filled("\nCluster $cluster: No space\n"))
                .doesNotContain(known("closed"));
    }

    @Test
    void nameInUse() {
        newVolume("{'size':1,'name':'taken'}");
        post("/volumes", "{'size':1,'name':'taken','clusters':['$cluster']}")
                .isText(500, "Failed to allocate new volume: Volume name 'taken' already in use");
    }

    /** Exactly what a client gets: keys, their order, what is left out. */
    @Test
    void infoOfAPlainVolume() {
        String id = newVolume(PLAIN);
        Reply info = get("/volumes/" + id).isJson(200);
        assertThat(info.json().keySet())
                .containsExactly(
                        "size",
                        "name",
                        "durability",
                        "glustervolumeoptions",
                        "snapshot",
                        "id",
                        "cluster",
                        "mount",
                        "blockinfo",
                        "bricks");
        know("id", id);
        know("hosts", hosts());
        List<String> byNode = Stream.of(hosts().split(",", -1)).toList();
        know("first", byNode.getFirst());
        know("others", String.join(",", byNode.subList(1, 3)));
        know("listed", "'" + String.join("','", byNode) + "'");
        assertThat(info.body())
                .startsWith(json(filled(
                        "{'size':1,'name':'vol_$id','durability':{'type':'replicate','replicate':{'replica':3},'disperse':{}},"
                                + "'glustervolumeoptions':['',''],'snapshot':{'enable':false,'factor':1},'id':'$id','cluster':'$cluster',"
                                + "'mount':{'glusterfs':{'hosts':[$listed],'device':'$first:vol_$id','options':{'backup-volfile-servers':'$others'}}},"
                                + "'blockinfo':{},'bricks':[{'id':'")));
        List<Map<String, Object>> bricks = info.objects("bricks");
        assertThat(bricks)
                .hasSize(3)
                .extracting(brick -> (String) brick.get("id"))
                .isSorted();
        assertThat(bricks)
                .extracting(brick -> (String) brick.get("node"))
                .containsExactlyInAnyOrder(known("node1"), known("node2"), known("node3"));
        assertThat(bricks)
                .allSatisfy(brick -> assertThat(brick)
                        .containsOnlyKeys("id", "path", "device", "node", "volume", "size")
                        .containsEntry("volume", id)
                        .containsEntry("size", 1024 * 1024)
                        .containsEntry(
                                "path",
                                "/var/lib/heketi/mounts/vg_%s/brick_%s/brick"
                                        .formatted(brick.get("device"), brick.get("id"))));
    }

    /** Storage names of the cluster's nodes in the order of their ids. */
    private String hosts() {
        return String.join(
                ",",
                get("/clusters/$cluster").texts("nodes").stream()
                        .map(node -> get("/nodes/" + node)
                                .texts("hostnames", "storage")
                                .getFirst())
                        .toList());
    }

    @Test
    void infoOfAVolumeWithEverything() {
        String id = newVolume(
                "{'size':2,'name':'every-thing_1','clusters':['$cluster'],'durability':{'type':'disperse','disperse':{'data':2,'redundancy':1}},"
                        + "'gid':2147483646,'glustervolumeoptions':['performance.io-cache off','','nfs.disable on'],'snapshot':{'enable':true,'factor':1.5}}");
        Reply info = get("/volumes/" + id).isJson(200);
        assertThat(info.body())
                .startsWith(json(
                        "{'size':2,'name':'every-thing_1','durability':{'type':'disperse','replicate':{},'disperse':{'data':2,'redundancy':1}},"
                                + "'gid':2147483646,'glustervolumeoptions':['','performance.io-cache off','','nfs.disable on',''],"
                                + "'snapshot':{'enable':true,'factor':1.5},'id':'" + id + "','cluster':'"))
                .doesNotContain("\"clusters\"", "\"block\"");
        assertThat(info.objects("bricks")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'size':1} | {'type':'none','replicate':{},'disperse':{}} | 1
            {'size':1,'durability':{}} | {'type':'none','replicate':{},'disperse':{}} | 1
            {'size':1,'durability':{'type':'none','replicate':{'replica':3}}} | {'type':'none','replicate':{'replica':3},'disperse':{}} | 1
            {'size':1,'durability':{'type':'replicate'}} | {'type':'replicate','replicate':{},'disperse':{}} | 2
            {'size':1,'durability':{'type':'replicate','replicate':{'replica':2}}} | {'type':'replicate','replicate':{'replica':2},'disperse':{}} | 2
            {'size':1,'durability':{'type':'replicate','replicate':{'replica':0}}} | {'type':'replicate','replicate':{},'disperse':{}} | 2
            """)
    void durabilityIsToldAsItWasAsked(String body, String durability, int bricks) {
        Reply info = get("/volumes/" + newVolume(body)).isJson(200);
        assertThat(info.body()).contains(json("'durability':" + durability));
        assertThat(info.objects("bricks")).hasSize(bricks);
    }

    /** The provisioner of Kubernetes always sends factor 1. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'enable':true,'factor':1} | {'enable':true,'factor':1}
            {'enable':true,'factor':1.0} | {'enable':true,'factor':1}
            {'enable':true,'factor':1.25} | {'enable':true,'factor':1.25}
            {'enable':true,'factor':10} | {'enable':true,'factor':10}
            {'enable':false,'factor':77} | {'enable':false,'factor':1}
            {'factor':-1} | {'enable':false,'factor':1}
            {} | {'enable':false,'factor':1}
            null | {'enable':false,'factor':1}
            """)
    void snapshotFactor(String snapshot, String told) {
        String id = newVolume("{'size':1,'snapshot':" + snapshot + "}");
        assertThat(get("/volumes/" + id).body()).contains(json("'snapshot':" + told));
    }

    @Test
    void listedByIdAscending() {
        get("/volumes").isJson(200, "{\"volumes\":[]}");
        List<String> made =
                Stream.generate(() -> newVolume("{'size':1}")).limit(4).toList();
        assertThat(volumes()).isSorted().containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void unknownIds() {
        get("/volumes/" + NOBODY).isText(404, GONE);
        delete("/volumes/" + NOBODY).isText(404, GONE);
        post("/volumes/" + NOBODY + "/expand", "{'expand_size':1}").isText(404, GONE);
    }

    @Test
    void databaseVolumeStays() {
        String id = newVolume("{'size':1,'name':'heketidbstorage'}");
        delete("/volumes/" + id).isText(409, "Cannot delete volume containing the Heketi database");
        get("/volumes/" + id).isJson(200);
        removeByHand(id);
    }

    /** No request of Heketi's could take it away. */
    private void removeByHand(String id) {
        know("database", id);
    }

    @Override
    List<String> volumes() {
        return super.volumes().stream()
                .filter(id -> !id.equals(filled("$database")))
                .toList();
    }

    @Test
    void deleted() {
        String id = newVolume(PLAIN);
        over(delete("/volumes/" + id));
        get("/volumes/" + id).isText(404, GONE);
        delete("/volumes/" + id).isText(404, GONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {} | expand_size: cannot be blank
            {'expand_size':0} | expand_size: cannot be blank
            {'expand_size':-1} | expand_size: must be no less than 1
            """)
    void invalidExpansions(String body, String why) {
        post("/volumes/$nobody/expand", body).isText(400, "validation failed: " + why + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{'expand_size':'1'}", "{'expand_size':1.5}", "[]", "{'expand_size':9223372036854775808}"})
    void unparsableExpansions(String body) {
        post("/volumes/$nobody/expand", body).isText(422, UNPARSABLE);
    }

    /** Asked for is what is added. */
    @Test
    void expand() {
        String id = newVolume(PLAIN);
        assertThat(made(post("/volumes/" + id + "/expand", "{'expand_size':2}"), "volumes"))
                .isEqualTo("/volumes/" + id);
        Reply info = get("/volumes/" + id).isJson(200);
        assertThat(info.number("size")).isEqualTo(3);
        assertThat(info.objects("bricks"))
                .hasSize(6)
                .extracting(brick -> (String) brick.get("id"))
                .isSorted();
        post("/volumes/" + id + "/expand", "{'expand_size':100000}")
                .isText(500, "Failed to allocate volume expansion: Maximum number of bricks reached.");
        assertThat(get("/volumes/" + id).number("size")).isEqualTo(3);
    }
}
