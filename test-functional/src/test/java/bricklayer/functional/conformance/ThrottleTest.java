package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No more than so many operations at once; the next one is told to come again. */
final class ThrottleTest extends Conformance {

    @Override
    String glusterfs() {
        return ",'max_inflight_operations':2";
    }

    @Override
    int commandDelayMillis() {
        return 150;
    }

    @BeforeAll
    void prepare() {
        topology(1);
    }

    /** What is wrong with a request is told before; what it would need of the nodes is not looked at. */
    @Test
    void busy() {
        String volume = newVolume(PLAIN);
        Reply first = post("/volumes", PLAIN).isAccepted();
        Reply second = post("/volumes", PLAIN).isAccepted();
        busy(post("/volumes", PLAIN));
        busy(post("/volumes", "{'size':100000}"));
        busy(post("/volumes/" + volume + "/expand", "{'expand_size':1}"));
        busy(delete("/volumes/" + volume));
        busy(post("/nodes/$node1/state", "{'state':'failed'}"));
        busy(post("/devices/$device11/state", "{'state':'failed'}"));

        post("/volumes", "{").isText(422, UNPARSABLE);
        post("/volumes", "{}").isText(400, "validation failed: size: cannot be blank.");
        post("/volumes", "{'size':1,'clusters':['x']}").isText(400, "Cluster id x not found");
        delete("/volumes/" + NOBODY).isText(404, GONE);
        post("/nodes/" + NOBODY + "/state", "{'state':'failed'}").isText(404, GONE);

        // neither counted nor refused
        over(post("/devices/$device11/state", "{'state':'online'}"));
        over(post("/nodes/$node1/state", "{'state':'online'}"));
        get("/volumes").isJson(200);
        String cluster = newCluster("{}");
        delete("/clusters/" + cluster).isEmpty(200);

        end(first).leadsTo("volumes");
        end(second).leadsTo("volumes");
        over(delete("/volumes/" + volume));
        deleteVolumes();
    }

    private static void busy(Reply reply) {
        reply.isText(429, BUSY);
        // Heketi gave no hint; its Go client takes whole seconds
        assertThat(reply.header("retry-after").orElse("2")).matches("\\d+");
    }
}
