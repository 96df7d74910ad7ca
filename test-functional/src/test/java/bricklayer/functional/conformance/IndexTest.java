package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every path of the interface, once: it is there, asks for a token, and answers a plain request as it should. */
final class IndexTest extends Conformance {

    @BeforeAll
    void prepare() {
        know("nobody", NOBODY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            GET    | /queue/$nobody                     |    | 404
            POST   | /clusters                          | {  | 422
            GET    | /clusters                          |    | 200
            GET    | /clusters/$nobody                  |    | 404
            POST   | /clusters/$nobody/flags            | {} | 404
            DELETE | /clusters/$nobody                  |    | 404
            POST   | /nodes                             | {} | 400
            GET    | /nodes/$nobody                     |    | 404
            DELETE | /nodes/$nobody                     |    | 404
            POST   | /nodes/$nobody/state               | {'state':'online'} | 404
            POST   | /nodes/$nobody/tags                | {'change_type':'set'} | 404
            POST   | /devices                           | {} | 400
            GET    | /devices/$nobody                   |    | 404
            DELETE | /devices/$nobody                   |    | 404
            POST   | /devices/$nobody/state             | {'state':'online'} | 404
            GET    | /devices/$nobody/resync            |    | 404
            POST   | /devices/$nobody/tags              | {'change_type':'set'} | 404
            POST   | /volumes                           | {} | 400
            GET    | /volumes                           |    | 200
            GET    | /volumes/$nobody                   |    | 404
            POST   | /volumes/$nobody/expand            | {'expand_size':1} | 404
            POST   | /volumes/$nobody/clone             | {} | 404
            POST   | /volumes/$nobody/block-restriction | {} | 404
            DELETE | /volumes/$nobody                   |    | 404
            POST   | /blockvolumes                      | {} | 400
            GET    | /blockvolumes                      |    | 200
            GET    | /blockvolumes/$nobody              |    | 404
            POST   | /blockvolumes/$nobody/expand       | {'new_size':1} | 404
            DELETE | /blockvolumes/$nobody              |    | 404
            POST   | /bricks/to-evict/$nobody           |    | 404
            GET    | /operations                        |    | 200
            GET    | /operations/pending                |    | 200
            GET    | /operations/pending/$nobody        |    | 404
            POST   | /operations/pending/cleanup        | {  | 422
            GET    | /backup/db                         |    | 200
            GET    | /db/dump                           |    | 200
            GET    | /db/check                          |    | 200
            GET    | /internal/state/examine/gluster    |    | 200
            GET    | /internal/logging                  |    | 200
            POST   | /internal/logging                  | {  | 400
            GET    | /admin                             |    | 200
            POST   | /admin                             | {} | 400
            """)
    void path(String method, String path, String body, int status) {
        String sent = body == null ? "" : body;
        raw(method, filled(path), json(sent)).isText(401, "Required authorization token not found");
        Reply reply = send(method, path, sent);
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        if (status == 404) {
            assertThat(reply.body()).startsWith(GONE);
        }
        send("PUT", path, sent).isEmpty(405);
    }

    @ParameterizedTest
    @CsvSource({"/hello", "/metrics", "/healthz/live", "/healthz/ready"})
    void openPath(String path) {
        assertThat(raw("GET", path, "").status()).isEqualTo(200);
    }
}
