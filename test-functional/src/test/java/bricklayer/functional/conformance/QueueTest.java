package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How a job ended, as {@code /queue} tells it. Two things are better than in Heketi on purpose: the answer can be read again, and it is there after a restart.
 */
final class QueueTest extends Conformance {

    @BeforeAll
    void prepare() {
        topology(1);
    }

    @Test
    void unknown() {
        get("/queue/" + NOBODY).isText(404, GONE);
        get("/queue/0").isText(404, GONE);
        get("/queue/xyz").isText(404, "Invalid path or request");
    }

    @Test
    void madeSomething() {
        Reply accepted = post("/volumes", PLAIN).isAccepted();
        Reply end = end(accepted).leadsTo("volumes");
        assertThat(end.body()).isEqualTo("<a href=\"" + end.location() + "\">See Other</a>.\n\n");
        get(end.location()).isJson(200);
        get(accepted.location().toUpperCase(Locale.ROOT).replace("/QUEUE", "/queue"))
                .isText(404, GONE);
    }

    @Test
    void madeNothing() {
        over(post("/nodes/$node1/state", "{'state':'online'}"));
    }

    @Test
    void failed() {
        fails(
                post("/nodes/$node1/state", "{'state':'failed'}"),
                "Node must be offline before remove operation is performed, node:$node1");
    }

    /** Heketi told each end once, and forgot it when the process ended. A client that lost the answer asked in vain. */
    @Test
    void toldAgainAndAfterARestart() {
        Reply volume = post("/volumes", PLAIN).isAccepted();
        Reply state = post("/nodes/$node1/state", "{'state':'online'}").isAccepted();
        Reply refused = post("/nodes/$node1/state", "{'state':'failed'}").isAccepted();
        String path = end(volume).leadsTo("volumes").location();
        end(state).isEmpty(204);
        String text = end(refused).body().strip();
        for (int round = 0; round < 2; round++) {
            assertThat(get(volume.location()).leadsTo("volumes").location()).isEqualTo(path);
            get(state.location()).isEmpty(204);
            get(refused.location()).isText(500, text);
            if (round == 0) {
                server.stop();
                server.restart();
            }
        }
    }

    @Test
    void answersToADelete() {
        String id = newVolume(PLAIN);
        Reply accepted = delete("/volumes/" + id).isAccepted();
        end(accepted).isEmpty(204);
        send("HEAD", accepted.location(), "").isEmpty(405);
        send("DELETE", accepted.location(), "").isEmpty(405);
    }
}
