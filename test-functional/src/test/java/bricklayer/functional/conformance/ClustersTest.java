package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClustersTest extends Conformance {

    @BeforeAll
    void prepare() {
        assertThat(get("/clusters").isJson(200).body()).isEqualTo("{\"clusters\":[]}\n");
        topology(1);
    }

    /** Both flags are false on the wire when they are left out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {}                            | false | false
            null                          | false | false
            {'file':true}                 | false | true
            {'block':true}                | true  | false
            {'file':true,'block':true}    | true  | true
            {'FILE':true,'Block':null}    | false | true
            {'file':true,'unknown':[{}]}  | false | true
            """)
    void create(String body, boolean block, boolean file) {
        Reply reply = post("/clusters", body);
        String id = reply.isJson(201).at("id");
        assertThat(id).matches("[0-9a-f]{32}");
        String text = json("{'id':'%s','nodes':[],'volumes':[],'block':%s,'file':%s,'blockvolumes':[]}")
                .formatted(id, block, file);
        reply.isJson(201, text);
        get("/clusters/" + id).isJson(200, text);
        delete("/clusters/" + id).isEmpty(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', nullValues = "NOTHING", textBlock = """
            NOTHING
            {
            []
            'x'
            7
            {'file':'true'}
            {'file':1}
            {'block':{}}
            {} {}
            """)
    void unparsable(String body) {
        String sent = body == null ? "" : body;
        post("/clusters", sent).isText(422, UNPARSABLE);
        post("/clusters/$cluster/flags", sent).isText(422, UNPARSABLE);
    }

    @Test
    void listedByIdAscending() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(newCluster("{}"));
        }
        List<String> listed = get("/clusters").isJson(200).texts("clusters");
        assertThat(listed).isSorted().containsAll(made).contains(known("cluster"));
        made.forEach(id -> delete("/clusters/" + id).isEmpty(200));
    }

    @Test
    void infoListsNodesAndVolumesByIdAscending() {
        String volume = newVolume(PLAIN);
        String other = newVolume(PLAIN);
        Reply reply = get("/clusters/$cluster").isJson(200);
        assertThat(reply.json()).containsOnlyKeys("id", "nodes", "volumes", "block", "file", "blockvolumes");
        assertThat(reply.texts("nodes"))
                .isSorted()
                .containsExactlyInAnyOrder(known("node1"), known("node2"), known("node3"));
        assertThat(reply.texts("volumes")).isSorted().containsExactlyInAnyOrder(volume, other);
        assertThat(reply.texts("blockvolumes")).isEmpty();
        deleteVolumes();
    }

    /** Both flags are set; a missing one becomes false. */
    @Test
    void flags() {
        String id = newCluster();
        know("other", id);
        for (String[] row : new String[][] {
            {"{'file':true}", "false", "true"},
            {"{'block':true}", "true", "false"},
            {"{'file':true,'block':true}", "true", "true"},
            {"{}", "false", "false"}
        }) {
            Reply reply = post("/clusters/$other/flags", row[0]);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEmpty();
            assertThat(reply.headers()).containsEntry("content-type", "application/json; charset=UTF-8");
            get("/clusters/$other")
                    .isJson(
                            200,
                            json("{'id':'%s','nodes':[],'volumes':[],'block':%s,'file':%s,'blockvolumes':[]}")
                                    .formatted(id, row[1], row[2]));
        }
        delete("/clusters/$other").isEmpty(200);
    }

    @Test
    void unknownIds() {
        get("/clusters/" + NOBODY).isText(404, GONE);
        get("/clusters/a").isText(404, GONE);
        post("/clusters/" + NOBODY + "/flags", "{}").isText(404, GONE);
        delete("/clusters/" + NOBODY).isText(404, GONE);
        // a body that cannot be read is told before
        post("/clusters/" + NOBODY + "/flags", "{").isText(422, UNPARSABLE);
    }

    @Test
    void notDeletedWhileItHoldsSomething() {
        delete("/clusters/$cluster")
                .isText(
                        409,
                        "Unable to delete cluster [%s] because it contains volumes and/or nodes"
                                .formatted(known("cluster")));
        get("/clusters/$cluster").isJson(200);
    }

    @Test
    void deleted() {
        String id = newCluster("{}");
        delete("/clusters/" + id).isEmpty(200);
        get("/clusters/" + id).isText(404, GONE);
        delete("/clusters/" + id).isText(404, GONE);
        assertThat(get("/clusters").texts("clusters")).doesNotContain(id);
    }
}
