package bricklayer.gluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import bricklayer.captured.Answers;
import bricklayer.captured.Damage;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlusterAnswersTest {

    private static final long SEED = 20_220_913;
    private static final Gluster GLUSTER = new Gluster(GlusterSettings.DEFAULTS);
    private static final Answers ANSWERS = new Answers(GlusterAnswersTest.class);

    @Test
    void readsAnArbiterVolume() {
        assertThat(ask(GLUSTER.volumeInfo("arb"), "info-arbiter"))
                .contains(new VolumeInfo(
                        "arb",
                        "e783d7d8-3071-4dc3-b9da-64d6ec1b0ceb",
                        "Started",
                        List.of(
                                "10.77.0.1:/bricks/arb/brick",
                                "10.77.0.2:/bricks/arb/brick",
                                "10.77.0.3:/bricks/arb/brick"),
                        Map.of(
                                "features.barrier", "disable",
                                "cluster.granular-entry-heal", "on",
                                "storage.fips-mode-rchecksum", "on",
                                "transport.address-family", "inet",
                                "nfs.disable", "on",
                                "performance.client-io-threads", "off")));
    }

    @ParameterizedTest
    @CsvSource({
        "arb,     info-arbiter,  Started, 3",
        "dis,     info-disperse, Started, 3",
        "stopped, info-replica,  Created, 3",
        "v1,      info-v1,       Created, 1",
        "v1,      info-stopped,  Stopped, 1",
        "c1,      info-clone,    Started, 3",
    })
    void readsVolumes(String volume, String answer, String status, int bricks) {
        VolumeInfo info = ask(GLUSTER.volumeInfo(volume), answer).orElseThrow();

        assertThat(info.status()).isEqualTo(status);
        assertThat(info.isStarted()).isEqualTo(status.equals("Started"));
        assertThat(info.brickNames()).hasSize(bricks).allMatch(brick -> brick.endsWith("/brick"));
    }

    @Test
    void readsAllThereIsToKnow() {
        VolumeDetails arb = ask(GLUSTER.allVolumes(), "info-arbiter").getFirst();

        assertThat(arb.name()).isEqualTo("arb");
        assertThat(arb.status()).isEqualTo(1);
        assertThat(arb.statusText()).isEqualTo("Started");
        assertThat(List.of(
                        arb.brickCount(),
                        arb.distCount(),
                        arb.stripeCount(),
                        arb.replicaCount(),
                        arb.arbiterCount(),
                        arb.disperseCount(),
                        arb.redundancyCount(),
                        arb.type(),
                        arb.transport(),
                        arb.optCount()))
                .containsExactly(3, 1, 0, 3, 1, 0, 0, 2, 0, 6);
        assertThat(arb.typeText()).isEqualTo("Replicate");
        assertThat(arb.bricks())
                .extracting(VolumeDetails.Brick::name, VolumeDetails.Brick::arbiter)
                .containsExactly(
                        tuple("10.77.0.1:/bricks/arb/brick", false),
                        tuple("10.77.0.2:/bricks/arb/brick", false),
                        tuple("10.77.0.3:/bricks/arb/brick", true));
        assertThat(arb.bricks().getFirst().uuid())
                .isEqualTo(arb.bricks().getFirst().hostUuid())
                .isEqualTo("2e7dea3b-e181-43e1-8b71-a1cde50d4baa");
        assertThat(arb.options()).hasSize(6).contains(Map.entry("nfs.disable", "on"));
        requireUnreadable(GLUSTER.allVolumes(), ANSWERS.read("down"));
    }

    @Test
    void readsFreeTextOfOptions() {
        assertThat(ask(GLUSTER.volumeInfo("v1"), "info-options").orElseThrow().options())
                .containsEntry("user.bricklayer.note", "a <b> & \"c\" ü");
    }

    @Test
    void seesThatAVolumeIsMissing() {
        assertThat(ask(GLUSTER.volumeInfo("nope"), "info-missing")).isEmpty();
        assertThat(ask(GLUSTER.snapshots("nope"), "snaplist-novolume")).isEmpty();
    }

    @Test
    void listsVolumes() {
        assertThat(ask(GLUSTER.volumes(), "vollist-three")).containsExactly("arb", "dis", "r3");
        assertThat(ask(GLUSTER.volumes(), "vollist-one")).containsExactly("v1");
        assertThat(ask(GLUSTER.volumes(), "vollist-none")).isEmpty();
    }

    @Test
    void listsThePool() {
        Peer three = new Peer("53a51e35-40da-44d5-a8e0-dd5f79f5a1e9", "10.77.0.3", true);
        Peer two = new Peer("96e700ff-157c-464b-9620-9b69e5ad28bc", "10.77.0.2", true);
        Peer self = new Peer("2e7dea3b-e181-43e1-8b71-a1cde50d4baa", "localhost", true);

        assertThat(ask(GLUSTER.poolList(), "pool-three")).containsExactly(three, two, self);
        assertThat(ask(GLUSTER.poolList(), "pool-node-down"))
                .containsExactly(new Peer(three.uuid(), three.hostname(), false), two, self);
        assertThat(ask(GLUSTER.poolList(), "pool-alone")).hasSize(1);
    }

    @Test
    void listsSnapshots() {
        assertThat(ask(GLUSTER.snapshots("v1"), "snaplist-two")).containsExactly("s1", "s2");
        assertThat(ask(GLUSTER.snapshots("v1"), "snaplist-none")).isEmpty();
    }

    @Test
    void readsWhatIsLeftToHeal() {
        assertThat(ask(GLUSTER.healInfo("arb"), "heal-arbiter"))
                .extracting(BrickHeal::name)
                .containsExactly(
                        "10.77.0.1:/bricks/arb/brick", "10.77.0.2:/bricks/arb/brick", "10.77.0.3:/bricks/arb/brick");
        assertThat(ask(GLUSTER.healInfo("arb"), "heal-arbiter"))
                .allMatch(brick -> brick.connected() && brick.entries().orElseThrow() == 0);
        assertThat(ask(GLUSTER.healInfo("r3"), "heal-node-down"))
                .containsExactly(
                        new BrickHeal("10.77.0.1:/bricks/r3/brick", true, OptionalLong.of(3)),
                        new BrickHeal("10.77.0.2:/bricks/r3/brick", true, OptionalLong.of(3)),
                        new BrickHeal("10.77.0.3:/bricks/r3/brick", false, OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"heal-missing", "heal-stopped", "down", "info-arbiter", "vollist-none"})
    void knowsNothingOfHealingFromOtherAnswers(String answer) {
        requireUnreadable(GLUSTER.healInfo("v1"), ANSWERS.read(answer));
    }

    @Test
    void readsHowManySnapshotsThereMayBe() {
        assertThat(ask(GLUSTER.snapshotLimit(), "snapconfig")).isEqualTo(256);
        requireUnreadable(GLUSTER.snapshotLimit(), ANSWERS.read("vollist-none"));
        requireUnreadable(GLUSTER.snapshotLimit(), ANSWERS.read("down"));
    }

    @Test
    void readsSnapshots() {
        assertThat(ask(GLUSTER.snapshot("t1"), "snapinfo-stopped")).contains(new SnapshotInfo("t1", false));
        assertThat(ask(GLUSTER.snapshot("t1"), "snapinfo-started")).contains(new SnapshotInfo("t1", true));
        assertThat(ask(GLUSTER.snapshot("nope"), "snapinfo-missing")).isEmpty();
    }

    @Test
    void seesWhetherGlusterdRuns() {
        assertThat(ask(GLUSTER.isRunning(), "pool-alone")).isTrue();
        assertThat(ask(GLUSTER.isRunning(), "pool-node-down")).isTrue();
        requireUnreadable(GLUSTER.isRunning(), ANSWERS.read("down"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "set-bad", "snapshot-missing", "busy-volume", "vollist-none", "pool-alone"})
    void concludesNothingFromOtherAnswers(String answer) {
        requireUnreadable(GLUSTER.volumeInfo("v1"), ANSWERS.read(answer));
        requireUnreadable(GLUSTER.snapshots("v1"), ANSWERS.read(answer));
        requireUnreadable(GLUSTER.snapshot("s1"), ANSWERS.read(answer));
    }

    @Test
    void concludesNothingFromAnotherVolume() {
        requireUnreadable(GLUSTER.volumeInfo("other"), ANSWERS.read("info-arbiter"));
        requireUnreadable(GLUSTER.snapshots("other"), ANSWERS.read("snaplist-novolume"));
        requireUnreadable(GLUSTER.volumeInfo("other"), ANSWERS.read("delete-missing"));
        requireUnreadable(GLUSTER.snapshot("other"), ANSWERS.read("snapinfo-started"));
        requireUnreadable(GLUSTER.snapshot("other"), ANSWERS.read("snapinfo-missing"));
    }

    @Test
    void refusesACutBrickList() {
        Exited whole = ANSWERS.read("info-arbiter");
        String oneBrickLess = whole.out().replaceFirst("<brick uuid.*</brick>\\s*", "");
        String noBricks = whole.out().replaceFirst("(?s)<bricks>.*</bricks>", "");

        assertThat(oneBrickLess).isNotEqualTo(whole.out());
        requireUnreadable(GLUSTER.volumeInfo("arb"), new Exited(0, oneBrickLess, ""));
        requireUnreadable(GLUSTER.volumeInfo("arb"), new Exited(0, noBricks, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<cliOutput><opRet>0</opRet></cliOutput>",
                "<cliOutput><opRet>0</opRet><volInfo><volumes><count>0</count></volumes></volInfo></cliOutput>",
                "<cliOutput><opErrstr>Volume does not exist</opErrstr></cliOutput>",
                "<cliOutput/>",
                "<html/>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><cliOutput>&e;</cliOutput>",
                "",
            })
    void refusesHollowAnswers(String out) {
        requireUnreadable(GLUSTER.volumeInfo("v1"), new Exited(0, out, ""));
        requireUnreadable(GLUSTER.snapshots("v1"), new Exited(0, out, ""));
        requireUnreadable(GLUSTER.volumes(), new Exited(0, out, ""));
        requireUnreadable(GLUSTER.poolList(), new Exited(0, out, ""));
        requireUnreadable(GLUSTER.isRunning(), new Exited(0, out, ""));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void concludesNothingElseFromDamage(Damage<?> damage) {
        damage.cutShort(0);
        damage.otherStatus();
        damage.foreignBytes(SEED);
    }

    @ParameterizedTest
    @MethodSource("presence")
    void doesNotMistakePresenceForOtherLetters(Damage<?> damage) {
        damage.otherLetters(SEED);
    }

    static Stream<Damage<?>> whole() {
        return Stream.of(
                new Damage<>(GLUSTER.volumeInfo("arb"), ANSWERS.read("info-arbiter"), info -> info),
                new Damage<>(GLUSTER.volumeInfo("dis"), ANSWERS.read("info-disperse"), info -> info),
                new Damage<>(GLUSTER.volumeInfo("stopped"), ANSWERS.read("info-replica"), info -> info),
                new Damage<>(GLUSTER.volumeInfo("v1"), ANSWERS.read("info-options"), info -> info),
                new Damage<>(GLUSTER.volumeInfo("nope"), ANSWERS.read("info-missing"), info -> info),
                new Damage<>(GLUSTER.volumes(), ANSWERS.read("vollist-three"), names -> names),
                new Damage<>(GLUSTER.volumes(), ANSWERS.read("vollist-none"), names -> names),
                new Damage<>(GLUSTER.poolList(), ANSWERS.read("pool-three"), peers -> peers),
                new Damage<>(GLUSTER.poolList(), ANSWERS.read("pool-node-down"), peers -> peers),
                new Damage<>(GLUSTER.snapshots("v1"), ANSWERS.read("snaplist-two"), names -> names),
                new Damage<>(GLUSTER.snapshots("v1"), ANSWERS.read("snaplist-none"), names -> names),
                new Damage<>(GLUSTER.snapshots("nope"), ANSWERS.read("snaplist-novolume"), names -> names),
                new Damage<>(GLUSTER.snapshot("t1"), ANSWERS.read("snapinfo-started"), info -> info),
                new Damage<>(GLUSTER.snapshot("nope"), ANSWERS.read("snapinfo-missing"), info -> info),
                new Damage<>(GLUSTER.isRunning(), ANSWERS.read("pool-alone"), running -> running));
    }

    static Stream<Damage<?>> presence() {
        return Stream.of(
                new Damage<>(GLUSTER.volumeInfo("arb"), ANSWERS.read("info-arbiter"), GlusterAnswersTest::essence),
                new Damage<>(GLUSTER.volumeInfo("stopped"), ANSWERS.read("info-replica"), GlusterAnswersTest::essence),
                new Damage<>(GLUSTER.volumeInfo("v1"), ANSWERS.read("info-stopped"), GlusterAnswersTest::essence),
                new Damage<>(GLUSTER.volumeInfo("nope"), ANSWERS.read("info-missing"), GlusterAnswersTest::essence),
                new Damage<>(GLUSTER.volumes(), ANSWERS.read("vollist-three"), List::size),
                new Damage<>(GLUSTER.poolList(), ANSWERS.read("pool-three"), List::size),
                new Damage<>(GLUSTER.snapshots("v1"), ANSWERS.read("snaplist-two"), List::size),
                new Damage<>(GLUSTER.snapshots("v1"), ANSWERS.read("snaplist-none"), List::size),
                new Damage<>(GLUSTER.snapshots("nope"), ANSWERS.read("snaplist-novolume"), List::size),
                new Damage<>(GLUSTER.snapshot("t1"), ANSWERS.read("snapinfo-started"), info -> info),
                new Damage<>(GLUSTER.snapshot("nope"), ANSWERS.read("snapinfo-missing"), info -> info));
    }

    /** That it is there, runs, and how many bricks it has. */
    private static Object essence(Optional<VolumeInfo> info) {
        return info.map(volume -> volume.name() + " " + volume.status() + " "
                + volume.brickNames().size());
    }

    private static <T> T ask(Query<T> query, String answer) {
        return query.answer().apply(ANSWERS.read(answer));
    }

    private static void requireUnreadable(Query<?> query, Exited answer) {
        assertThatExceptionOfType(UnreadableAnswer.class)
                .as("%s", query.command())
                .isThrownBy(() -> query.answer().apply(answer));
    }
}
