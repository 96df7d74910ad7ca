package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, methods, bodies and headers, before any of it means something. */
final class TransportTest extends Conformance {

    @BeforeAll
    void prepare() {
        know("cluster", newCluster());
        know("node", newNode(known("cluster")));
        know("nobody", NOBODY);
    }

    private String bearer(String method, String path) {
        return "Authorization: bearer " + Tokens.of("admin", keys().admin(), method, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/bricks",
                "/topology",
                "/clusters/xyz",
                "/clusters/0123-4567",
                "/clusters/$cluster/nothing",
                "/volumes/vol_1",
                "/queue/xyz",
                "/nodes/$node/devices",
                "/metrics/x",
                "/hello/x",
                "/operations/xyz"
            })
    void unknownPaths(String path) {
        get(path).isText(404, "Invalid path or request");
        post(path, "{}").isText(404, "Invalid path or request");
        String target = filled(path);
        raw("GET", target, "").isText(401, "Required authorization token not found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT     | /clusters
            DELETE  | /clusters
            HEAD    | /clusters
            OPTIONS | /clusters
            PATCH   | /clusters/$cluster
            POST    | /clusters/$cluster
            HEAD    | /clusters/$cluster
            GET     | /clusters/$cluster/flags
            GET     | /nodes
            DELETE  | /nodes
            POST    | /nodes/$node
            GET     | /nodes/$node/tags
            DELETE  | /nodes/$node/state
            GET     | /devices
            PUT     | /devices/$nobody
            POST    | /devices/$nobody
            GET     | /devices/$nobody/state
            DELETE  | /volumes
            HEAD    | /volumes
            PUT     | /volumes/$nobody
            GET     | /volumes/$nobody/expand
            POST    | /queue/$nobody
            HEAD    | /queue/$nobody
            DELETE  | /operations
            POST    | /operations/pending
            DELETE  | /operations/pending/$nobody
            """)
    void wrongMethods(String method, String path) {
        send(method, path, "").isEmpty(405);
    }

    /** The paths of the parts that came later than the core. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST    | /devices/$nobody/resync
            GET     | /volumes/$nobody/clone
            GET     | /volumes/$nobody/block-restriction
            PUT     | /blockvolumes
            POST    | /blockvolumes/$nobody
            GET     | /blockvolumes/$nobody/expand
            GET     | /bricks/to-evict/$nobody
            GET     | /operations/pending/cleanup
            POST    | /backup/db
            POST    | /db/dump
            POST    | /db/check
            DELETE  | /internal/logging
            POST    | /internal/state/examine/gluster
            PUT     | /admin
            HEAD    | /admin
            """)
    void wrongMethodsOfLaterParts(String method, String path) {
        // the one path whose word could be an id is none: c, l, u are not hex
        send(method, path, "").isEmpty(405);
    }

    @Test
    void idsAreLookedUpAsTheyAre() {
        get("/clusters/$cluster").isJson(200);
        assertThat(known("cluster")).matches(".*[a-f].*");
        get("/clusters/" + known("cluster").toUpperCase(Locale.ROOT)).isText(404, GONE);
        get("/clusters/a").isText(404, GONE);
        get("/clusters/" + "a".repeat(500)).isText(404, GONE);
    }

    @Test
    void slashAtTheEnd() {
        Reply moved = get("/clusters/");
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.location()).isEqualTo("/clusters");
        Reply movedPost = post("/clusters/$cluster/flags/", "{}");
        assertThat(movedPost.status()).isEqualTo(301);
        assertThat(movedPost.location()).isEqualTo(filled("/clusters/$cluster/flags"));
        raw("GET", "/clusters/", "").isText(401, "Required authorization token not found");
    }

    /** So a base URL with a slash at its end works for GET, without a token for the redirected path. */
    @Test
    void doubledSlash() {
        Reply moved = raw("GET", "//clusters", "");
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.location()).isEqualTo("/clusters");
        Reply inside = raw("POST", "/clusters//" + NOBODY + "/flags", "{}");
        assertThat(inside.status()).isEqualTo(301);
        assertThat(inside.location()).isEqualTo("/clusters/" + NOBODY + "/flags");
    }

    @Test
    void queryIsNeitherSignedNorRead() {
        send("GET", "/clusters?x=1&y=/%zz", "").isJson(200);
        send("GET", "/clusters/$cluster?", "").isJson(200);
    }

    @Test
    void pathsAreSignedAndMatchedDecoded() {
        raw("GET", "/%63lusters", "", bearer("GET", "/clusters")).isJson(200);
        raw("GET", "/%63lusters", "", bearer("GET", "/%63lusters")).isText(401, "Invalid qsh claim in token");
    }

    @Test
    void hello() {
        for (String header : new String[] {"X-A: b", "Authorization: nonsense", "Authorization: bearer a.b.c"}) {
            Reply reply = raw("GET", "/hello", "", header);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("Hello from Heketi");
            assertThat(reply.headers()).containsEntry("content-type", "text/plain; charset=UTF-8");
        }
        assertThat(raw("HEAD", "/hello", "").status()).isEqualTo(401);
        assertThat(send("HEAD", "/hello", "").status()).isEqualTo(404);
        raw("POST", "/hello", "{}").isText(401, "Required authorization token not found");
        post("/hello", "{}").isText(404, "Invalid path or request");
    }

    @Test
    void metrics() {
        Reply reply = raw("GET", "/metrics", "");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("content-type", "text/plain; version=0.0.4; charset=utf-8");
        assertThat(reply.body()).contains("\nheketi_up 1", "\nheketi_cluster_count 1");
        assertThat(raw("HEAD", "/metrics", "").status()).isEqualTo(401);
    }

    /** A token is for one method, whatever a header says. */
    @Test
    void methodIsTheOneThatWasSent() {
        send("GET", "/clusters/$cluster", "", "X-HTTP-Method-Override: DELETE").isJson(200);
        send("GET", "/nodes/$node", "", "x-http-method-override: DELETE").isJson(200);
        String id = newCluster("{}");
        send("GET", "/clusters/" + id, "", "X-HTTP-Method-Override: DELETE").isJson(200);
        get("/clusters/" + id).isJson(200);
        send("DELETE", "/clusters/" + id, "", "X-HTTP-Method-Override: GET").isEmpty(200);
    }

    @Test
    void contentTypeOfRequestsIsNotLookedAt() {
        for (String type : new String[] {"text/xml", "application/json", "application/x-www-form-urlencoded", "?"}) {
            send("POST", "/clusters/$cluster/flags", "{'file':true,'block':true}", "Content-Type: " + type)
                    .status();
            assertThat((boolean) get("/clusters/$cluster").at("file")).isTrue();
            assertThat(send("POST", "/clusters/$cluster/flags", "{}", "Content-Type: " + type)
                            .status())
                    .isEqualTo(200);
            assertThat((boolean) get("/clusters/$cluster").at("file")).isFalse();
        }
    }

    @Test
    void bodiesOnGetAndDelete() {
        for (String body : new String[] {"{}", "null", "{", "x".repeat(10_000)}) {
            send("GET", "/clusters", body).isJson(200);
            String id = newCluster("{}");
            send("DELETE", "/clusters/" + id, body).isEmpty(200);
        }
    }

    @Test
    void emptyBodies() {
        for (String path : new String[] {
            "/clusters",
            "/clusters/$cluster/flags",
            "/nodes",
            "/nodes/$node/state",
            "/nodes/$node/tags",
            "/devices",
            "/devices/$nobody/state",
            "/devices/$nobody/tags",
            "/volumes",
            "/volumes/$nobody/expand"
        }) {
            post(path, "").isText(422, UNPARSABLE);
            send("POST", path, "", "Content-Length: 0").isText(422, UNPARSABLE);
        }
    }

    @Test
    void emptyBodiesOfLaterParts() {
        for (String path : new String[] {
            "/volumes/$nobody/clone",
            "/volumes/$nobody/block-restriction",
            "/blockvolumes",
            "/blockvolumes/$nobody/expand",
            "/operations/pending/cleanup"
        }) {
            post(path, "").isText(422, UNPARSABLE);
        }
        for (String path : new String[] {"/admin", "/internal/logging"}) {
            Reply reply = post(path, "");
            assertThat(reply.status()).as("%s", reply).isEqualTo(400);
            assertThat(reply.body()).startsWith("request unable to be parsed: ");
        }
        post("/bricks/to-evict/$nobody", "").isText(404, GONE);
        delete("/devices/$nobody").isText(404, GONE);
    }

    @Test
    void chunkedBodies() {
        String head = "POST /clusters/" + known("cluster") + "/flags HTTP/1.1\r\nHost: here\r\n"
                + bearer("POST", "/clusters/" + known("cluster") + "/flags") + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        Reply reply =
                exchange((head + "8\r\n{\"file\":\r\n5\r\ntrue}\r\n0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(reply.status()).isEqualTo(200);
        assertThat((boolean) get("/clusters/$cluster").at("file")).isTrue();
    }

    /** The body of a path that can do without is read only when its length is announced. */
    @Test
    void chunkedBodiesWhereNoneIsNeeded() {
        for (String row : new String[] {"DELETE /devices/" + NOBODY, "POST /bricks/to-evict/" + NOBODY}) {
            String[] words = row.split(" ", -1);
            String head = row + " HTTP/1.1\r\nHost: here\r\n" + bearer(words[0], words[1])
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n";
            exchange((head + "3\r\n{{{\r\n0\r\n\r\n").getBytes(StandardCharsets.US_ASCII))
                    .isText(404, GONE);
            send(words[0], words[1], "{{{").isText(422, UNPARSABLE);
        }
    }

    @Test
    void requestsOfOneConnection() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            for (int i = 0; i < 5; i++) {
                String id = newCluster("{}");
                wire.exchange(Wire.request(
                                "GET", "/clusters/" + id, new byte[] {'{', '}'}, bearer("GET", "/clusters/" + id)))
                        .isJson(200);
                wire.exchange(Wire.request("GET", "/clusters", new byte[0]))
                        .isText(401, "Required authorization token not found");
                wire.exchange(Wire.request("GET", "/nodes", new byte[3], bearer("GET", "/nodes")))
                        .isEmpty(405);
                wire.exchange(Wire.request(
                                "DELETE",
                                "/clusters/" + id,
                                new byte[] {'{', '}'},
                                bearer("DELETE", "/clusters/" + id)))
                        .isEmpty(200);
            }
        }
    }

    @Test
    void clientThatAsksBeforeItSendsItsBody() {
        Reply reply = send("POST", "/clusters", "{'file':true}", "Expect: 100-continue");
        assertThat((boolean) reply.isJson(201).at("file")).isTrue();
        delete("/clusters/" + reply.at("id")).isEmpty(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'size':1.0}",
                "{'size':1e0}",
                "{'size':'1'}",
                "{'size':true}",
                "{'size':[1]}",
                "{'size':9223372036854775808}",
                "{'size':-9223372036854775809}",
                "{'size':123456789012345678901234567890}",
                "{'name':1}",
                "{'name':['a']}",
                "{'clusters':'x'}",
                "{'clusters':[1]}",
                "{'clusters':{}}",
                "{'durability':'replicate'}",
                "{'durability':{'type':1}}",
                "{'durability':{'replicate':{'replica':'3'}}}",
                "{'durability':{'replicate':{'replica':3.5}}}",
                "{'durability':{'disperse':[]}}",
                "{'snapshot':{'enable':'true'}}",
                "{'snapshot':{'enable':1}}",
                "{'snapshot':{'factor':'1'}}",
                "{'snapshot':{'factor':true}}",
                "{'size':1,'snapshot':{'factor':1e999}}",
                "{'size':1,'snapshot':{'factor':3.5e38}}",
                "{'gid':'1'}",
                "{'block':'true'}",
                "{'block':0}",
                "{'glustervolumeoptions':'a b'}",
                "{'glustervolumeoptions':[1]}",
                "{'size':1} x",
                "{'size':1}{}",
                "{'size':1,}",
                "{size:1}",
                "[{'size':1}]",
                "{'size':01}",
                "{'size':+1}",
                "{'size':NaN}",
                "{'size':1} // comment",
                "1",
                "true",
                "'x'",
                " ",
                "nul"
            })
    void wrongTypes(String body) {
        post("/volumes", body).isText(422, UNPARSABLE);
    }

    /** They reach the checks of what they mean. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            null                                   | size: cannot be blank
            {}                                     | size: cannot be blank
            {'size':null}                          | size: cannot be blank
            {'SIZE':-1}                            | size: must be no less than 1
            {'Size':-9223372036854775808}          | size: must be no less than 1
            {'size':-1,'unknown':{'a':[1,2.5]}}    | size: must be no less than 1
            {'size':-1,'name':null,'clusters':null,'durability':null,'snapshot':null} | size: must be no less than 1
            {'size':9223372036854775807,'name':'%'} | name: must be in a valid format
            {'size':1,'Name':'a b'}                | name: must be in a valid format
            {'size':0,'NAME':'.'}                  | name: must be in a valid format; size: cannot be blank
            """)
    void readable(String body, String why) {
        post("/volumes", body).isText(400, "validation failed: " + why + ".");
    }

    @Test
    void whiteSpaceAroundTheValue() {
        Reply reply = post("/clusters", " \r\n\t{ 'file' : true } \n\n");
        assertThat((boolean) reply.isJson(201).at("file")).isTrue();
        delete("/clusters/" + reply.at("id")).isEmpty(200);
    }

    @Test
    void charactersOfHtmlAreEscapedAndOthersAreNot() {
        String tags = json("{'change_type':'set','tags':{'a':'<b> & größe \\u2028\\u2029 \\u007f'}}");
        Reply reply = post("/nodes/$node/tags", tags);
        reply.isJson(200, "{\"a\":\"\\u003cb\\u003e \\u0026 größe \\u2028\\u2029 \u007f\"}");
        post("/nodes/$node/tags", "{'change_type':'set'}").isJson(200, "{}");
    }

    @Test
    void largeBodies() {
        Reply reply = post("/clusters", "{'file':true,'unknown':'" + "x".repeat(500_000) + "'}");
        assertThat((boolean) reply.isJson(201).at("file")).isTrue();
        delete("/clusters/" + reply.at("id")).isEmpty(200);
    }
}
