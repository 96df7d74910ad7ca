package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.functional.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests of Kubernetes' in-tree driver that come anew because the answer to the first was lost. Heketi makes another volume each time. */
final class RepeatsTest extends Conformance {

    private static final String GO = "User-Agent: Go-http-client/1.1";
    private static final String GIVEN_UP =
            "nobody asked for the end of this request any more, and what it made was given to a repeat of it";

    @Override
    String bricklayer() {
        return ",'queue':{'repeats_silence_seconds':1}";
    }

    @BeforeAll
    void prepare() {
        topology(1);
    }

    @AfterEach
    void nothingIsLeft() {
        deleteVolumes();
    }

    private static String body(int gid) {
        return "{'size':1,'name':'','durability':{'type':'replicate','replicate':{'replica':3},'disperse':{}},'gid':"
                + gid + ",'snapshot':{'enable':true,'factor':1}}";
    }

    private Reply asked(int gid, String... headers) {
        return send("POST", "/volumes", body(gid), headers).isAccepted();
    }

    /** Made, and nobody was told. */
    private void awaitVolumes(int count) {
        Eventually.within(
                Duration.ofMinutes(1),
                Duration.ofMillis(20),
                count + " volumes are there and no operation is open",
                () -> volumes().size() == count
                        && get("/operations").isJson(200).number("total") == 0);
    }

    private void loseEveryConnection() {
        server.kill9();
        server.restart();
    }

    @Test
    void aRepeatAfterARestartGetsTheVolumeThatNobodyWasToldOf() {
        Reply first = asked(2001, GO);
        awaitVolumes(1);
        loseEveryConnection();

        Reply second = asked(2001, GO);

        assertThat(second.location()).isNotEqualTo(first.location());
        String volume = end(second).leadsTo("volumes").location();
        assertThat(volumes()).containsExactly(volume.substring("/volumes/".length()));
        get(first.location()).isText(500, GIVEN_UP);
        // after another restart, too
        loseEveryConnection();
        get(first.location()).isText(500, GIVEN_UP);
        assertThat(get(second.location()).leadsTo("volumes").location()).isEqualTo(volume);
    }

    @Test
    void aRepeatOfARepeatGetsItAndThoseBeforeAreVoid() {
        Reply first = asked(2002, GO);
        awaitVolumes(1);
        loseEveryConnection();
        Reply second = asked(2002, GO);
        loseEveryConnection();
        Reply third = asked(2002, GO);

        end(third).leadsTo("volumes");
        get(first.location()).isText(500, GIVEN_UP);
        get(second.location()).isText(500, GIVEN_UP);
        assertThat(volumes()).hasSize(1);
    }

    @Test
    void aRepeatAfterSomeSilenceGetsIt() throws InterruptedException {
        asked(2003, GO);
        awaitVolumes(1);
        Thread.sleep(1100); // the silence itself

        end(asked(2003, GO)).leadsTo("volumes");
        assertThat(volumes()).hasSize(1);
    }

    @Test
    void aVolumeThatSomebodyWasToldOfIsNeverGivenAway() {
        Reply first = asked(2004, GO);
        String volume = end(first).leadsTo("volumes").location();
        loseEveryConnection();

        String other = end(asked(2004, GO)).leadsTo("volumes").location();

        assertThat(other).isNotEqualTo(volume);
        assertThat(get(first.location()).leadsTo("volumes").location()).isEqualTo(volume);
        assertThat(volumes()).hasSize(2);
    }

    @Test
    void noOtherRequestIsRecognised() {
        asked(2005, GO);
        awaitVolumes(1);
        loseEveryConnection();

        end(asked(2006, GO)).leadsTo("volumes"); // another group
        end(asked(2005, "User-Agent: python-requests/2.31")).leadsTo("volumes");
        end(asked(2005, GO, "Idempotency-Key: one")).leadsTo("volumes");
        assertThat(volumes()).hasSize(4);
        asked(0, GO);
        awaitVolumes(5);
        loseEveryConnection();
        end(asked(0, GO)).leadsTo("volumes");
        assertThat(volumes()).hasSize(6);
    }

    @Test
    void whatIsGoneOrWasTakenBackIsMadeAnew() {
        Reply first = asked(2007, GO);
        awaitVolumes(1);
        over(delete("/volumes/" + volumes().getFirst()));
        loseEveryConnection();

        end(asked(2007, GO)).leadsTo("volumes");
        assertThat(volumes()).hasSize(1);
        get(first.location()).leadsTo("volumes");
    }
}
