package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Block volumes, the volumes that host them, and what may be done to those. */
final class BlockVolumesTest extends Conformance {

    @Override
    String glusterfs() {
        return ",'auto_create_block_hosting_volume':true,'block_hosting_volume_size':10";
    }

    @BeforeAll
    void prepare() {
        post("/blockvolumes", "{'size':1}").isText(400, "No clusters configured");
        topology(1);
        know("nobody", NOBODY);
        know("fileonly", newCluster("{'file':true}"));
    }

    @AfterEach
    void tidy() {
        get("/blockvolumes").isJson(200).texts("blockvolumes").forEach(id -> over(delete("/blockvolumes/" + id)));
        deleteVolumes();
    }

    private String newBlockVolume(String body) {
        return made(post("/blockvolumes", body), "blockvolumes").substring("/blockvolumes/".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{'size':'1'}", "{'size':1.5}", "{'auth':1}", "{'hacount':'3'}", "{'clusters':'x'}"})
    void unparsable(String body) {
        post("/blockvolumes", body).isText(422, UNPARSABLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {} | validation failed: size: cannot be blank.
            {'size':-1,'name':'a.b','hacount':-1} | validation failed: hacount: must be no less than 1; name: must be in a valid format; size: must be no less than 1.
            {'size':1,'clusters':['$nobody']} | Cluster id $nobody not found
            """)
    void invalid(String body, String text) {
        post("/blockvolumes", body).isText(400, filled(text));
    }

    @Test
    void notAllocated() {
        post("/blockvolumes", "{'size':1,'clusters':['$fileonly']}")
                .isText(500, "Failed to allocate new block volume: Cluster does not support requested volume type");
        post("/blockvolumes", "{'size':10,'clusters':['$cluster']}")
                .isText(
                        500,
                        "Failed to allocate new block volume: The size configured for automatic creation of block hosting volumes (10)"
                                + " is too small to host the requested block volume of size 10. The available size on this block hosting volume,"
                                + " minus overhead, is 9. Please create a sufficiently large block hosting volume manually.");
    }

    @Test
    void createdWithItsHostingVolume() {
        get("/blockvolumes").isJson(200, "{\"blockvolumes\":[]}");
        String id = newBlockVolume("{'size':2}");
        String hosting = volumes().getFirst();
        Reply info = get("/blockvolumes/" + id).isJson(200);
        assertThat(info.json().keySet())
                .containsExactly(
                        "size", "name", "hacount", "id", "blockvolume", "cluster", "blockhostingvolume", "usablesize");
        assertThat(info.json())
                .containsEntry("size", 2)
                .containsEntry("usablesize", 2)
                .containsEntry("hacount", 3)
                .containsEntry("name", "blockvol_" + id)
                .containsEntry("cluster", known("cluster"))
                .containsEntry("blockhostingvolume", hosting);
        Map<String, Object> target = info.at("blockvolume");
        assertThat(target.keySet()).containsExactly("hosts", "iqn", "lun", "username", "password");
        assertThat(target).containsEntry("lun", 0).containsEntry("username", "").containsEntry("password", "");
        assertThat((List<?>) target.get("hosts")).hasSize(3);
        assertThat((String) target.get("iqn")).startsWith("iqn.2016-12.org.gluster-block:");
        assertThat(get("/blockvolumes").texts("blockvolumes")).containsExactly(id);
        assertThat(get("/clusters/$cluster").texts("blockvolumes")).containsExactly(id);

        Reply volume = get("/volumes/" + hosting).isJson(200);
        assertThat(volume.body()).contains(json("'glustervolumeoptions':['','group gluster-block','']"));
        assertThat(volume.body())
                .contains("\"block\":true,")
                .contains(json("'blockinfo':{'freesize':7,'reservedsize':1,'blockvolume':['" + id + "']}"));
        delete("/volumes/" + hosting).isText(409, "Cannot delete a block hosting volume containing block volumes");
        over(delete("/blockvolumes/" + id));
        get("/blockvolumes/" + id).isText(404, GONE);
        assertThat(get("/volumes/" + hosting).body()).contains(json("'blockinfo':{'freesize':9,'reservedsize':1}"));
        over(delete("/volumes/" + hosting));
    }

    @Test
    void withAuthAndName() {
        String id = newBlockVolume("{'size':1,'name':'block-1','auth':true,'hacount':2,'clusters':['$cluster']}");
        Reply info = get("/blockvolumes/" + id).isJson(200);
        assertThat(info.json()).containsEntry("name", "block-1").containsEntry("hacount", 2);
        assertThat(info.json()).doesNotContainKeys("auth", "clusters");
        assertThat((String) info.at("blockvolume", "username")).isNotEmpty();
        assertThat((String) info.at("blockvolume", "password")).isNotEmpty();
        assertThat(info.texts("blockvolume", "hosts")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {} | new_size: cannot be blank
            {'new_size':-1} | new_size: must be no less than 1
            """)
    void invalidExpansions(String body, String why) {
        post("/blockvolumes/$nobody/expand", body).isText(400, "validation failed: " + why + ".");
    }

    @Test
    void unknownIds() {
        get("/blockvolumes/$nobody").isText(404, GONE);
        delete("/blockvolumes/$nobody").isText(404, GONE);
        post("/blockvolumes/$nobody/expand", "{'new_size':1}").isText(404, GONE);
        post("/blockvolumes/$nobody/expand", "{'new_size':'1'}").isText(422, UNPARSABLE);
        post("/volumes/$nobody/block-restriction", "{'restriction':'locked'}").isText(404, GONE);
    }

    /** Asked for is the new size, not what is added. */
    @Test
    void expand() {
        String id = newBlockVolume("{'size':2}");
        String path = "/blockvolumes/" + id;
        assertThat(made(post(path + "/expand", "{'new_size':4}"), "blockvolumes"))
                .isEqualTo(path);
        Reply info = get(path).isJson(200);
        assertThat(info.number("size")).isEqualTo(4);
        assertThat(info.number("usablesize")).isEqualTo(4);
        post(path + "/expand", "{'new_size':4}")
                .isText(
                        500,
                        "Failed to allocate block volume expansion: Requested new-size 4 is same as current block volume size 4, nothing to be done.");
        post(path + "/expand", "{'new_size':3}")
                .isText(
                        500,
                        "Failed to allocate block volume expansion: Requested new-size 3 is less than current block volume size 4, shrinking is not allowed.");
        post(path + "/expand", "{'new_size':100}").isText(500, "Failed to allocate block volume expansion: No space");
    }

    @Test
    void hostingVolumeAccounts() {
        String id = newVolume("{'size':20,'block':true,'durability':{'type':'replicate','replicate':{'replica':3}}}");
        assertThat(get("/volumes/" + id).body()).contains(json("'blockinfo':{'freesize':19,'reservedsize':1}"));
        made(post("/volumes/" + id + "/expand", "{'expand_size':5}"), "volumes");
        assertThat(get("/volumes/" + id).body()).contains(json("'blockinfo':{'freesize':23,'reservedsize':2}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{'restriction':1}", "[]"})
    void unparsableRestrictions(String body) {
        post("/volumes/$nobody/block-restriction", body).isText(422, UNPARSABLE);
    }

    @Test
    void restriction() {
        String hosting =
                newVolume("{'size':10,'block':true,'durability':{'type':'replicate','replicate':{'replica':3}}}");
        String path = "/volumes/" + hosting + "/block-restriction";
        for (String wrong : new String[] {"x", "locked-by-update", "Locked"}) {
            post(path, "{'restriction':'" + wrong + "'}")
                    .isText(400, "validation failed: restriction: must be a valid value.");
        }
        assertThat(made(post(path, "{'restriction':'locked'}"), "volumes")).isEqualTo("/volumes/" + hosting);
        assertThat(get("/volumes/" + hosting).body()).contains("\"restriction\":\"locked\"");
        // a locked volume takes no new block volumes: another one is made
        String block = newBlockVolume("{'size':1}");
        assertThat((String) get("/blockvolumes/" + block).at("blockhostingvolume"))
                .isNotEqualTo(hosting);
        made(post(path, "{'restriction':''}"), "volumes");
        assertThat(get("/volumes/" + hosting).body()).doesNotContain("restriction");
        String plain = newVolume("{'size':1}");
        post("/volumes/" + plain + "/block-restriction", "{'restriction':'locked'}")
                .isText(
                        500,
                        "Failed to set block restriction: Block restrictions can only be set on block hosting volumes");
    }
}
