package bricklayer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes Heketi's clients know, key order included, and what its server takes and refuses. */
class WireJsonTest {

    static List<Arguments> shapes() {
        return List.of(
                Arguments.of(
                        ClusterInfo.class,
                        "{'id':'c1','nodes':[],'volumes':[],'block':true,'file':true,'blockvolumes':[]}"),
                Arguments.of(ClusterList.class, "{'clusters':['c1','c2']}"),
                Arguments.of(ClusterCreateRequest.class, "{'file':true,'block':false}"),
                Arguments.of(
                        NodeInfo.class,
                        "{'zone':1,'hostnames':{'manage':['node-a.example'],'storage':['192.0.2.11']},'cluster':'c1',"
                                + "'tags':{'rack':'r1'},'id':'a1','state':'online','devices':[]}"),
                Arguments.of(
                        NodeAddRequest.class, "{'zone':1,'hostnames':{'manage':['m'],'storage':['s']},'cluster':'c1'}"),
                Arguments.of(
                        DeviceInfo.class,
                        "{'name':'/dev/sdb','tags':{'arbiter':'required'},"
                                + "'storage':{'total':524288000,'free':509579264,'used':14708736},'id':'d1','paths':['/dev/sdb'],"
                                + "'pv_uuid':'u','state':'online','bricks':[{'id':'b1','path':'/p','device':'d1','node':'a1',"
                                + "'volume':'e1','size':10485760}]}"),
                Arguments.of(
                        DeviceInfo.class,
                        "{'name':'/dev/sdb','storage':{'total':1,'free':1,'used':0},'id':'d1','state':'online','bricks':[]}"),
                Arguments.of(DeviceAddRequest.class, "{'name':'/dev/sdb','node':'a1'}"),
                Arguments.of(DeviceDeleteRequest.class, "{'forceforget':true}"),
                Arguments.of(StateRequest.class, "{'state':'offline'}"),
                Arguments.of(TagsChangeRequest.class, "{'change_type':'set','tags':{'a':'b'}}"),
                Arguments.of(
                        VolumeCreateRequest.class,
                        "{'size':10,'durability':{'type':'disperse','replicate':{},'disperse':{'data':4,'redundancy':2}},"
                                + "'snapshot':{'enable':false,'factor':0}}"),
                Arguments.of(
                        VolumeInfo.class,
                        "{'size':10,'name':'vol_e1','durability':{'type':'replicate','replicate':{'replica':3},'disperse':{}},"
                                + "'gid':2001,'glustervolumeoptions':['','performance.io-cache off',''],"
                                + "'snapshot':{'enable':true,'factor':1.5},'id':'e1','cluster':'c1',"
                                + "'mount':{'glusterfs':{'hosts':['192.0.2.11','192.0.2.12','192.0.2.13'],"
                                + "'device':'192.0.2.11:vol_e1','options':{'backup-volfile-servers':'192.0.2.12,192.0.2.13'}}},"
                                + "'blockinfo':{},'bricks':[]}"),
                Arguments.of(
                        VolumeInfo.class,
                        "{'size':1,'name':'v','durability':{'replicate':{},'disperse':{}},'block':true,"
                                + "'snapshot':{'enable':false,'factor':1},'id':'e1','cluster':'c1',"
                                + "'mount':{'glusterfs':{'hosts':[],'device':'','options':{}}},"
                                + "'blockinfo':{'freesize':98,'reservedsize':2,'blockvolume':['x'],'restriction':'locked'},"
                                + "'bricks':[]}"),
                Arguments.of(VolumeList.class, "{'volumes':[]}"),
                Arguments.of(VolumeExpandRequest.class, "{'expand_size':5}"),
                Arguments.of(VolumeCloneRequest.class, "{'name':'copy'}"),
                Arguments.of(BlockRestrictionRequest.class, "{'restriction':'locked'}"),
                Arguments.of(
                        BlockVolumeInfo.class,
                        "{'size':5,'name':'blockvol_1','hacount':3,'id':'1','blockvolume':{'hosts':['192.0.2.11'],"
                                + "'iqn':'iqn.2016-12.org.gluster-block:u','lun':0,'username':'','password':''},"
                                + "'cluster':'c1','blockhostingvolume':'e1','usablesize':5}"),
                Arguments.of(BlockVolumeList.class, "{'blockvolumes':['1']}"),
                Arguments.of(BlockVolumeExpandRequest.class, "{'new_size':7}"),
                Arguments.of(OperationsInfo.class, "{'total':3,'in_flight':1,'stale':1,'failed':1,'new':1}"),
                Arguments.of(
                        PendingOperationList.class,
                        "{'pendingoperations':[{'id':'o','type_name':'create-volume','status':'stale','sub_status':''}]}"),
                Arguments.of(
                        PendingOperationDetails.class,
                        "{'id':'o','type_name':'create-volume','status':'','sub_status':'',"
                                + "'changes':[{'id':'b','description':'Add brick'}]}"),
                Arguments.of(OperationsCleanupRequest.class, "{}"),
                Arguments.of(AdminStatus.class, "{'state':'normal'}"),
                Arguments.of(LogLevels.class, "{'loglevel':{'glusterfs':'info'}}"),
                Arguments.of(
                        Problem.class,
                        "{'type':'about:blank','title':'No space','status':500,'detail':'No space','next':'add a device',"
                                + "'largestGiB':7,'refused':[{'device':'d1','reason':'full'}]}"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyRecordReadsAndWritesItsShape(Class<?> type, String shape) {
        String json = shape.replace('\'', '"');

        assertThat(WireJson.write(WireJson.read(json, type))).isEqualTo(json);
    }

    @Test
    void leftOutAndNullAndNullBodiesAreZero() {
        VolumeCreateRequest nothing = VolumeCreateRequest.of(0, Durability.UNSAID);

        assertThat(WireJson.read("{}", VolumeCreateRequest.class)).isEqualTo(nothing);
        assertThat(WireJson.read("null", VolumeCreateRequest.class)).isEqualTo(nothing);
        assertThat(WireJson.read(
                        "{\"size\":null,\"name\":null,\"clusters\":null,\"durability\":null,\"gid\":null,"
                                + "\"glustervolumeoptions\":null,\"block\":null,\"snapshot\":null}",
                        VolumeCreateRequest.class))
                .isEqualTo(nothing);
        assertThat(WireJson.read("{\"clusters\":[null]}", ClusterList.class).clusters())
                .containsExactly("");
        assertThat(WireJson.read("{\"tags\":{\"a\":null}}", TagsChangeRequest.class)
                        .tags())
                .isEqualTo(Map.of("a", ""));
    }

    @Test
    void keysMatchInAnyCaseAndUnknownOnesAreIgnored() {
        VolumeCreateRequest read = WireJson.read(
                "{\"SIZE\":3,\"Name\":\"v\",\"Durability\":{\"TYPE\":\"none\"},\"surprise\":[1]}",
                VolumeCreateRequest.class);

        assertThat(read.sizeGiB()).isEqualTo(3);
        assertThat(read.name()).isEqualTo("v");
        assertThat(read.durability().type()).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "3",
                "\"\"",
                "{\"size\":1.0}",
                "{\"size\":1e0}",
                "{\"size\":\"1\"}",
                "{\"size\":\"\"}",
                "{\"size\":true}",
                "{\"size\":9223372036854775808}",
                "{\"name\":1}",
                "{\"name\":1.5}",
                "{\"name\":true}",
                "{\"name\":{}}",
                "{\"block\":1}",
                "{\"block\":\"true\"}",
                "{\"clusters\":\"c1\"}",
                "{\"clusters\":[1]}",
                "{\"durability\":\"none\"}",
                "{\"durability\":\"\"}",
                "{\"durability\":{\"replicate\":3}}",
                "{\"snapshot\":{\"factor\":\"1\"}}",
                "{\"snapshot\":{\"factor\":NaN}}",
                "{\"size\":1} x",
                "{\"size\":1}{}",
                "{'size':1}",
                "{\"size\":1,}",
                "{\"size\":01}"
            })
    void wrongTypesAndNotQuiteJsonAreRefused(String body) {
        assertThatThrownBy(() -> WireJson.read(body, VolumeCreateRequest.class)).isInstanceOf(UnreadableJson.class);
    }

    @Test
    void aRefusalSaysWhere() {
        assertThatThrownBy(() -> WireJson.read("{\"clusters\":[{\"nodes\":[{\"devices\":[3]}]}]}", TopologyFile.class))
                .isInstanceOf(UnreadableJson.class)
                .hasMessageStartingWith("line 1, column ")
                .hasMessageContaining("clusters.[0].nodes.[0].devices.[0]");
    }

    @Test
    void invalidUtf8IsReplacedNotRefused() {
        byte[] body = "{\"name\":\"a?\"}".getBytes(StandardCharsets.ISO_8859_1);
        body[10] = (byte) 0xff;

        assertThat(WireJson.read(body, VolumeCreateRequest.class).name()).isEqualTo("a\ufffd");
    }

    @Test
    void writesTheEscapesOfGo() {
        assertThat(WireJson.write(new AdminStatus("<a>&\u2028\u2029\"\\\n\t\u0001\u001fé")))
                .isEqualTo("{\"state\":\"\\u003ca\\u003e\\u0026\\u2028\\u2029\\\"\\\\\\n\\t\\u0001\\u001fé\"}");
    }

    @Test
    void indentsByFour() {
        assertThat(WireJson.writeIndented(new ClusterList(List.of("c1", "c2"))))
                .isEqualTo("{\n    \"clusters\": [\n        \"c1\",\n        \"c2\"\n    ]\n}");
        assertThat(WireJson.writeIndented(new ClusterList(List.of()))).isEqualTo("{\n    \"clusters\": []\n}");
    }

    @Test
    void tagsAreWrittenSorted() {
        TagsChangeRequest request = new TagsChangeRequest("set", Map.of("c", "3", "a", "1", "b", "2"));

        assertThat(WireJson.write(request))
                .isEqualTo("{\"change_type\":\"set\",\"tags\":{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}}");
    }

    @Test
    void aTopologyFileNamesDevicesEitherWayAndFlagsDefaultToTrue() {
        TopologyFile file = WireJson.read("""
                {"clusters":[{"block":false,"nodes":[
                  {"node":{"hostnames":{"manage":["node-a.example"],"storage":["192.0.2.11"]},"zone":1,"tags":{"rack":"r1"}},
                   "devices":["/dev/sdb",{"name":"/dev/sdc","tags":{"tier":"gold"},"destroydata":true}]}]}]}
                """, TopologyFile.class);

        TopologyFile.Cluster cluster = file.clusters().get(0);
        assertThat(cluster.file()).isTrue();
        assertThat(cluster.block()).isFalse();
        assertThat(cluster.nodes().get(0).node())
                .isEqualTo(new TopologyFile.Node(
                        new Hostnames(List.of("node-a.example"), List.of("192.0.2.11")), 1, Map.of("rack", "r1")));
        assertThat(cluster.nodes().get(0).devices())
                .containsExactly(
                        TopologyFile.Device.named("/dev/sdb"),
                        new TopologyFile.Device("/dev/sdc", true, Map.of("tier", "gold")));
    }

    @Test
    void theMountOfAVolumeNamesTheFirstHostAndBacksItUpWithTheOthers() {
        VolumeMount.Glusterfs mount =
                VolumeMount.of("v", List.of("h1", "h2", "h3")).glusterfs();

        assertThat(mount.device()).isEqualTo("h1:v");
        assertThat(mount.options()).isEqualTo(Map.of("backup-volfile-servers", "h2,h3"));
        assertThat(VolumeMount.of("v", List.of("h1")).glusterfs().options())
                .isEqualTo(Map.of("backup-volfile-servers", ""));
    }
}
