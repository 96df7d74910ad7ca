package bricklayer.glusterblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.captured.Damage;
import bricklayer.captured.DecidedCommands;
import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers are those that gluster-block's authors have published with their changes; no node could be asked. */
class GlusterBlockTest {

    private static final long SEED = 20_200_424;
    private static final GlusterBlock GLUSTER_BLOCK = new GlusterBlock(GlusterBlockSettings.DEFAULTS);
    private static final List<String> HOSTS = List.of("10.77.0.1", "10.77.0.2");
    private static final String PASSWORD = "1f6d1b23-5d64-4d2e-9a36-0a2b9c1f4d55";

    private static final String BEHIND = """
            {
              "NAME":"blockvol",
              "VOLUME":"blockhostingvol",
              "GBID":"7a4938b1-f153-4de7-b91a-04c34fb57f36",
              "SIZE":"4.0 GiB",
              "HA":3,
              "IOTIMEOUT":"0 Seconds",
              "PASSWORD":"",
              "EXPORTED ON":[
                "192.168.121.253",
                "192.168.121.55",
                "192.168.121.206"
              ],
              "RESIZE FAILED ON":{
                "192.168.121.55":"2.0 GiB",
                "192.168.121.206":"1.0 GiB"
              }
            }
            """;

    private static final String GONE =
            "{\"RESULT\":\"FAIL\",\"errCode\":2,\"errMsg\":\"block blockhostingvol/blockvol doesn't exist\"}\n";

    private static final Query<Optional<BlockInfo>> INFO = GLUSTER_BLOCK.info("blockhostingvol", "blockvol");

    private static <T> T read(Query<T> query, int status, String out) {
        return query.answer().apply(new Exited(status, out, ""));
    }

    @Test
    void nodesAreToldWhatWasDecided() {
        GlusterBlock sparse = new GlusterBlock(new GlusterBlockSettings("no", Duration.ofMinutes(1)));
        new DecidedCommands()
                .add("create", GLUSTER_BLOCK.create("vol", "b1", false, HOSTS, 5))
                .add("create with auth, sparse", sparse.create("vol", "b1", true, HOSTS, 5))
                .add("delete", GLUSTER_BLOCK.delete("vol", "b1"))
                .add("resize", GLUSTER_BLOCK.resize("vol", "b1", 10))
                .add("info", GLUSTER_BLOCK.info("vol", "b1").command())
                .add("list", GLUSTER_BLOCK.list("vol").command())
                .check(getClass());
    }

    @Test
    void readsABlockVolumeThatSomeHostsHaveNotFollowed() {
        BlockInfo info = read(INFO, 0, BEHIND).orElseThrow();

        assertThat(info.iqn()).isEqualTo("iqn.2016-12.org.gluster-block:7a4938b1-f153-4de7-b91a-04c34fb57f36");
        assertThat(info.hasSize(4)).isTrue();
        assertThat(info.isWhole()).isTrue();
        assertThat(info.password()).isEmpty();
        assertThat(info.usableGiB(1, 4)).isEqualTo(1);
        assertThat(info.usableGiB(2, 4)).as("never less than it had").isEqualTo(2);
    }

    @Test
    void whatIsGoneIsToldFromWhatCannotBeAsked() {
        assertThat(read(INFO, 2, GONE)).isEmpty();
        assertThat(read(INFO, 2, GONE.replace("block blockhostingvol/", "block ")))
                .isEmpty();
        assertThat(read(
                        INFO,
                        2,
                        GONE.replace("block blockhostingvol/blockvol doesn't", "Volume blockhostingvol does not")))
                .isEmpty();
        for (String other : List.of(
                "block blockhostingvol/other doesn't exist", "Check if volume blockhostingvol is operational", "")) {
            assertThatThrownBy(() -> read(INFO, 2, GONE.replace("block blockhostingvol/blockvol doesn't exist", other)))
                    .isInstanceOf(UnreadableAnswer.class);
        }
        assertThatThrownBy(() ->
                        read(INFO, 255, "Connection failed. Please check if gluster-block daemon is operational.\n"))
                .isInstanceOf(UnreadableAnswer.class);
    }

    @Test
    void inAStoppedHostingVolumeThereIsNoneOnlyWhereThatIsKnownToBeSo() {
        String stopped = GONE.replace(
                "block blockhostingvol/blockvol doesn't exist", "Check if volume blockhostingvol is operational");
        Query<Optional<BlockInfo>> query = GLUSTER_BLOCK.infoUnlessStopped("blockhostingvol", "blockvol");

        assertThat(read(query, 5, stopped)).isEmpty();
        assertThat(read(query, 0, BEHIND)).isPresent();
        assertThatThrownBy(() -> read(INFO, 5, stopped)).isInstanceOf(UnreadableAnswer.class);
        assertThatThrownBy(() -> read(query, 0, stopped)).isInstanceOf(UnreadableAnswer.class);
    }

    @Test
    void aDamagedAnswerIsNeverTakenForAnother() {
        for (Exited whole : List.of(new Exited(0, BEHIND, ""), new Exited(2, GONE, ""))) {
            Damage<Optional<BlockInfo>> damage = new Damage<>(INFO, whole, Optional::isPresent);
            damage.cutShort(0);
            damage.foreignBytes(SEED);
            damage.otherLetters(SEED);
        }
        new Damage<>(INFO, new Exited(0, BEHIND, ""), Optional::isPresent).otherStatus();
    }

    @Test
    void listsNames() {
        assertThat(read(GLUSTER_BLOCK.list("vol"), 0, "{\"blocks\":[\"b1\",\"b2\"],\"RESULT\":\"SUCCESS\"}"))
                .containsExactly("b1", "b2");
        assertThat(read(
                        GLUSTER_BLOCK.list("vol"),
                        2,
                        "{\"RESULT\":\"FAIL\",\"errCode\":2,\"errMsg\":\"Volume vol does not exist\"}"))
                .isEmpty();
    }

    @Test
    void refusalsTellWhetherItHasGrown() {
        Query<Boolean> larger = GLUSTER_BLOCK.isLargerThan("vol", "b1", 1100);
        String refusal = "{\"RESULT\":\"FAIL\",\"errCode\":255,\"errMsg\":\"%s\"}";

        assertThat(read(
                        larger,
                        255,
                        refusal.formatted(
                                "Shrink size ?\\nuse 'force' option [current size 1.1 TiB, request size 1.1 TiB]")))
                .isTrue();
        assertThat(read(larger, 255, refusal.formatted("request size (1.1 TiB) is same as current size (1.1 TiB) ]")))
                .isFalse();
        assertThatThrownBy(() -> read(larger, 5, refusal.formatted("Check if volume vol is operational")))
                .isInstanceOf(UnreadableAnswer.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0 GiB", "1023, 1023.0 GiB", "1024, 1.0 TiB", "1100, 1.1 TiB", "1101, 1.1 TiB", "1048576, 1.0 PiB"
    })
    void writesSizesAsGlusterBlockDoes(long gib, String text) {
        assertThat(BlockSize.written(gib)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1.0 GiB, 1", "2 G, 2", "2.9GiB, 2", "5 T, 5120", "1.1 TiB, 1126", "1.0 P, 1048576", "1 EiB, 1073741824"
    })
    void readsSizes(String text, long gib) {
        assertThat(BlockSize.gib(text)).isEqualTo(gib);
    }

    @ParameterizedTest
    @CsvSource({"GiB", "1.0", "-1 GiB", "512.0 MiB", "1,0 GiB"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> BlockSize.gib(text)).isInstanceOf(UnreadableAnswer.class);
    }

    /** A failure's text is logged, stored and answered. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"IQN\":\"iqn\",\"USERNAME\":\"u\",\"PASSWORD\":\"%s\",\"PORTAL(S)\":[],\"RESULT\":\"FAIL\"}",
                "{ \"PASSWORD\": \"%s",
                "USERNAME: u PASSWORD: %s",
                "{\"password\" : \"%s\"}"
            })
    void noFailureShowsAPassword(String output) {
        Exited answer = new Exited(17, output.formatted(PASSWORD), output.formatted(PASSWORD));
        Command create = GLUSTER_BLOCK.create("vol", "b1", true, HOSTS, 5);

        for (Command command : List.of(create, INFO.command())) {
            HostFailure failure = new HostFailure(new HostName("n1"), command, answer, new UnreadableAnswer("no JSON"));
            assertThat(failure.getMessage()).contains("******").doesNotContain(PASSWORD);
            assertThat(failure.result().toString()).doesNotContain(PASSWORD);
        }
        assertThatThrownBy(() -> INFO.answer().apply(answer))
                .isInstanceOf(UnreadableAnswer.class)
                .hasMessageNotContaining(PASSWORD)
                .hasNoCause();
    }

    @Test
    void aBlockVolumeIsDescribedWithoutItsPassword() {
        BlockInfo info = read(INFO, 0, BEHIND.replace("\"PASSWORD\":\"\"", "\"PASSWORD\":\"" + PASSWORD + "\""))
                .orElseThrow();
        assertThat(info.password()).isEqualTo(PASSWORD);
        assertThat(info.toString()).doesNotContain(PASSWORD);
    }
}
