package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.host.HostName;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodesTest extends Conformance {

    @Override
    Map<String, String> otherNodes() {
        return Map.of("m1", "s1", "m2", "s2", "new", "10.9.9.9", "lonely", "10.9.9.8", "tagged", "10.9.9.7");
    }

    @BeforeAll
    void prepare() {
        topology(1);
    }

    private static String node(String manage, String storage, String rest) {
        return "{'zone':1,'hostnames':{'manage':['%s'],'storage':['%s']},'cluster':'$cluster'%s}"
                .formatted(manage, storage, rest);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'zone':'1'}
            {'zone':1.0}
            {'hostnames':['a']}
            {'hostnames':{'manage':'a'}}
            {'hostnames':{'storage':[1]}}
            {'cluster':7}
            {'tags':['a']}
            {'tags':{'a':1}}
            {
            """)
    void unparsable(String body) {
        post("/nodes", body).isText(422, UNPARSABLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {} | cluster: cannot be blank; hostnames: (manage: cannot be blank; storage: cannot be blank.); zone: cannot be blank
            {'zone':-1,'cluster':'x','hostnames':{'manage':['a'],'storage':[]}} | cluster: x is not a valid UUID; hostnames: (storage: cannot be blank.); zone: must be no less than 1
            {'zone':1,'cluster':'$cluster','hostnames':{'manage':[],'storage':['10.0.0.9']}} | hostnames: (manage: cannot be blank.)
            {'zone':1,'cluster':'$cluster','hostnames':{'manage':['ok','a b!'],'storage':['10.0.0.9']}} | hostnames: (manage: [ok a b!] is not a valid manage hostname.)
            {'zone':1,'cluster':'$cluster','hostnames':{'manage':['a'],'storage':['-x']}} | hostnames: (storage: [-x] is not a valid storage hostname.)
            {'zone':1,'cluster':'$cluster','hostnames':{'manage':['a'],'storage':['']}} | hostnames: (storage: [] is not a valid storage hostname.)
            {'zone':1,'cluster':'$clusterff','hostnames':{'manage':['a'],'storage':['b']}} | cluster: $clusterff is not a valid UUID
            {'zone':1,'cluster':'$cluster','hostnames':{'manage':['a'],'storage':['b']},'tags':{'':'x'}} | tags: tag names may not be empty
            {'zone':1,'cluster':'$cluster','hostnames':{'manage':['a'],'storage':['b']},'tags':{'a b':'x'}} | tags: invalid characters in tag name a b
            """)
    void invalid(String body, String why) {
        post("/nodes", body).isText(400, filled("validation failed: " + why + "."));
    }

    @Test
    void clusterUnknown() {
        post("/nodes", node("new", "10.9.9.9", "").replace("$cluster", NOBODY))
                .isText(404, "Cluster id does not exist");
    }

    /** The message itself ends with a newline, so two come. */
    @Test
    void namesInUse() {
        String text = filled("Hostname %s already used by node with id $node2\n");
        post("/nodes", node("node2", "10.9.9.9", "")).isText(409, text.formatted("node2"));
        post("/nodes", node("new", "10.0.0.2", "")).isText(409, text.formatted("10.0.0.2"));
        String other = newCluster();
        post("/nodes", node("node2", "10.9.9.9", "").replace("$cluster", other)).isText(409, text.formatted("node2"));
        delete("/clusters/" + other).isEmpty(200);
        // manage and storage names do not meet
        String id = made(post("/nodes", node("10.0.0.2", "node2", "")), "nodes").substring("/nodes/".length());
        over(delete("/nodes/" + id));
    }

    @Test
    void allNamesAreTaken() {
        String id = made(
                        post(
                                "/nodes",
                                "{'zone':7,'hostnames':{'manage':['m1','m2'],'storage':['s1','s2']},'cluster':'$cluster'}"),
                        "nodes")
                .substring("/nodes/".length());
        get("/nodes/" + id)
                .isJson(
                        200,
                        json(filled(
                                "{'zone':7,'hostnames':{'manage':['m1','m2'],'storage':['s1','s2']},'cluster':'$cluster','id':'%s','state':'online','devices':[]}"
                                        .formatted(id))));
        post("/nodes", node("m2", "new", "")).isText(409, "Hostname m2 already used by node with id " + id + "\n");
        post("/nodes", node("new", "s2", "")).isText(409, "Hostname s2 already used by node with id " + id + "\n");
        over(delete("/nodes/" + id));
        get("/nodes/" + id).isText(404, GONE);
        // and are free again
        String again = made(post("/nodes", node("m2", "s2", "")), "nodes");
        over(delete(again));
    }

    @Test
    void glusterdDown() {
        server.stop();
        stand.inside(nodes -> {
            for (String name : new String[] {"node1", "node2", "node3", "lonely"}) {
                nodes.stopGlusterd(new HostName(name));
            }
            return true;
        });
        server.restart();
        try {
            post("/nodes", node("new", "10.9.9.9", ""))
                    .isText(400, "None of the nodes in cluster has glusterd running");
            String empty = newCluster();
            post("/nodes", node("lonely", "10.9.9.8", "").replace("$cluster", empty))
                    .isText(400, "New Node doesn't have glusterd running");
            delete("/clusters/" + empty).isEmpty(200);
        } finally {
            server.stop();
            stand.inside(nodes -> {
                for (String name : new String[] {"node1", "node2", "node3"}) {
                    nodes.startGlusterd(new HostName(name));
                }
                return true;
            });
            server.restart();
        }
        assertThat(get("/clusters/$cluster").texts("nodes")).hasSize(3);
    }

    @Test
    void info() {
        Reply reply = get("/nodes/$node1").isJson(200);
        assertThat(reply.json().keySet()).containsExactly("zone", "hostnames", "cluster", "id", "state", "devices");
        assertThat(reply.body())
                .startsWith(
                        filled(
                                json(
                                        "{'zone':1,'hostnames':{'manage':['node1'],'storage':['10.0.0.1']},'cluster':'$cluster','id':'$node1','state':'online','devices':[{'name':'/dev/vdb',")));
        Reply device = get("/devices/$device11").isJson(200);
        assertThat(reply.objects("devices")).containsExactly(device.json());
    }

    @Test
    void devicesByIdAscending() {
        for (String name : new String[] {"/dev/vdx", "/dev/vdy", "/dev/vdz"}) {
            newDevice(known("node2"), name);
        }
        assertThat(get("/nodes/$node2").objects("devices"))
                .hasSize(4)
                .extracting(device -> (String) device.get("id"))
                .isSorted();
    }

    @Test
    void unknownIds() {
        get("/nodes/" + NOBODY).isText(404, GONE);
        delete("/nodes/" + NOBODY).isText(404, GONE);
        post("/nodes/" + NOBODY + "/state", "{'state':'offline'}").isText(404, GONE);
        post("/nodes/" + NOBODY + "/tags", "{'change_type':'set'}").isText(404, GONE);
    }

    @Test
    void notDeletedWhileItHasDevices() {
        delete("/nodes/$node1").isText(409, filled("Unable to delete node [$node1] because it contains devices"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {} | state: cannot be blank
            {'state':'x'} | state: x is not valid state
            {'state':'Online'} | state: Online is not valid state
            {'state':'x','healcheck':'y'} | healcheck: y is not valid heal info check
            {'healcheck':'y'} | healcheck: y is not valid heal info check
            {'state':'','healcheck':'enable'} | state: cannot be blank
            """)
    void invalidStates(String body, String why) {
        post("/nodes/$node1/state", body).isText(400, "validation failed: " + why + ".");
        post("/devices/$device11/state", body).isText(400, "validation failed: " + why + ".");
    }

    @Test
    void unparsableStates() {
        for (String body : new String[] {"", "{", "{'state':1}", "{'healcheck':true}"}) {
            post("/nodes/$node1/state", body).isText(422, UNPARSABLE);
            post("/devices/$device11/state", body).isText(422, UNPARSABLE);
        }
    }

    private String state(String node) {
        return get("/nodes/" + node).isJson(200).at("state");
    }

    private Reply toState(String node, String state) {
        return post("/nodes/" + node + "/state", "{'state':'%s'}".formatted(state));
    }

    @Test
    void states() {
        String node = newNode(known("cluster"));
        over(toState(node, "online"));
        assertThat(state(node)).isEqualTo("online");
        fails(toState(node, "failed"), "Node must be offline before remove operation is performed, node:" + node);
        over(toState(node, "offline"));
        assertThat(state(node)).isEqualTo("offline");
        over(toState(node, "offline"));
        over(toState(node, "online"));
        assertThat(state(node)).isEqualTo("online");
        over(post("/nodes/" + node + "/state", "{'state':'offline','healcheck':'disable'}"));
        over(toState(node, "failed"));
        assertThat(state(node)).isEqualTo("failed");
        over(toState(node, "failed"));
        fails(toState(node, "online"), "Cannot move a failed/removed node to online state");
        fails(toState(node, "offline"), "Cannot move a failed/removed node to offline state");
        assertThat(state(node)).isEqualTo("failed");
        over(delete("/nodes/" + node));
    }

    @Test
    void offlineNodeLeavesItsDevicesAsTheyAre() {
        over(toState(known("node1"), "offline"));
        assertThat((String) get("/devices/$device11").at("state")).isEqualTo("online");
        post("/volumes", PLAIN).isText(500, "Failed to allocate new volume: No space");
        over(toState(known("node1"), "online"));
    }

    /** Of a node and of a device. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nodes   | $node1
            devices | $device11
            """)
    void tags(String collection, String id) {
        String path = "/" + collection + "/" + id;
        for (String[] row : new String[][] {
            {"{'change_type':'set','tags':{'b':'2','a':'1'}}", "{'a':'1','b':'2'}"},
            {"{'change_type':'update','tags':{'b':'3','c':''}}", "{'a':'1','b':'3','c':''}"},
            {"{'change_type':'update'}", "{'a':'1','b':'3','c':''}"},
            {"{'change_type':'delete','tags':{'a':'other','nothing':''}}", "{'b':'3','c':''}"},
            {"{'change_type':'set','tags':{'x':null}}", "{'x':''}"},
            {"{'change_type':'set','tags':{'.-_Az09':'any: thing ö / ?'}}", "{'.-_Az09':'any: thing ö / ?'}"},
            {"{'change_type':'set','tags':{}}", "{}"},
            {"{'change_type':'set','tags':{'a':'1'}}", "{'a':'1'}"}
        }) {
            post(path + "/tags", row[0]).isJson(200, json(row[1]));
            Reply info = get(path).isJson(200);
            if (row[1].equals("{}")) {
                assertThat(info.json()).doesNotContainKey("tags");
            } else {
                assertThat(info.body()).contains(json("'tags':" + row[1]));
            }
        }
        post(path + "/tags", "{'change_type':'set'}").isJson(200, "{}");
        assertThat(get(path).json()).doesNotContainKey("tags");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {} | change_type: cannot be blank
            {'change_type':'x'} | change_type: must be a valid value
            {'change_type':'Set','tags':{'':'x'}} | change_type: must be a valid value; tags: tag names may not be empty
            {'change_type':'set','tags':{'ä':'x'}} | tags: invalid characters in tag name ä
            {'change_type':'set','tags':{'a:b':'x'}} | tags: invalid characters in tag name a:b
            {'change_type':'update','tags':{'123456789012345678901234567890123':''}} | tags: tag name 123456789012345678901234567890123: the length must be between 1 and 32
            {'change_type':'set','tags':{'a':'12345678901234567890123456789012345678901234567890123456789012345'}} | tags: value of tag a: the length must be no more than 64
            """)
    void invalidTags(String body, String why) {
        post("/nodes/$node1/tags", body).isText(400, "validation failed: " + why + ".");
        post("/devices/$device11/tags", body).isText(400, "validation failed: " + why + ".");
    }

    @Test
    void tagsAreCountedByRequest() {
        StringBuilder many = new StringBuilder();
        StringBuilder others = new StringBuilder();
        for (int i = 1; i <= 32; i++) {
            many.append("'t%d':'ö%s',".formatted(i, "x".repeat(63)));
            others.append("'o%d':'',".formatted(i));
        }
        String tags = many.substring(0, many.length() - 1);
        post("/nodes/$node1/tags", "{'change_type':'set','tags':{%s}}".formatted(tags))
                .isJson(200);
        assertThat(post(
                                "/nodes/$node1/tags",
                                "{'change_type':'update','tags':{%s}}"
                                        .formatted(others.substring(0, others.length() - 1)))
                        .isJson(200)
                        .json())
                .hasSize(64);
        post("/nodes/$node1/tags", "{'change_type':'set','tags':{'a':'',%s}}".formatted(tags))
                .isText(400, "validation failed: tags: too many tags specified (33), up to 32 supported.");
        post("/nodes/$node1/tags", "{'change_type':'set'}").isJson(200, "{}");
    }

    @Test
    void unparsableTags() {
        for (String path : new String[] {"/nodes/$node1/tags", "/devices/$device11/tags"}) {
            for (String body :
                    new String[] {"", "{", "{'change_type':1}", "{'tags':[]}", "{'change_type':'set','tags':{'a':1}}"
                    }) {
                post(path, body).isText(422, UNPARSABLE);
            }
        }
    }

    @Test
    void tagsOfANewNode() {
        String path = made(post("/nodes", node("tagged", "10.9.9.7", ",'tags':{'rack':'r1','a':''}")), "nodes");
        assertThat(get(path).body()).contains(json("'tags':{'a':'','rack':'r1'},'id':"));
        over(delete(path));
    }
}
