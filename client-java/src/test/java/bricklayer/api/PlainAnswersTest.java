package bricklayer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without data binding is what data binding reads. */
class PlainAnswersTest {

    private static final BrickInfo BRICK = new BrickInfo("b", "/p", "d", "n", "v", 1L << 40);

    private static final DeviceInfo DEVICE = new DeviceInfo(
            "/dev/sdb",
            Map.of("Rack", "ä\u0001<"),
            new Storage(3, 2, 1),
            "d",
            List.of("/dev/disk/x"),
            "u",
            "online",
            List.of(BRICK));

    private static final VolumeInfo VOLUME = new VolumeInfo(
            7,
            "v",
            Durability.disperse(4, 2),
            1000,
            List.of("a b", ""),
            true,
            new Snapshot(true, 1.25f),
            "id",
            "c",
            VolumeMount.of("v", List.of("h1", "h2")),
            new BlockInfo(1, 2, List.of("x"), "locked"),
            List.of(BRICK, BRICK),
            true);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyMemberComesBack() {
        for (Object value : List.of(
                new VolumeList(List.of("a", "b")),
                new BlockVolumeList(List.of("a")),
                new ClusterList(List.of()),
                new ClusterInfo("c", List.of("n"), List.of("v"), true, false, List.of("w")),
                new NodeInfo(
                        2,
                        new Hostnames(List.of("m"), List.of("s")),
                        "c",
                        Map.of("k", "v"),
                        "n",
                        "offline",
                        List.of(DEVICE)),
                DEVICE,
                VOLUME)) {
            byte[] text = bytes(WireJson.write(value));
            assertThat(PlainAnswers.read(text, value.getClass()).map(Object.class::cast))
                    .contains(value);
            assertThat(PlainAnswers.read(bytes("{}"), value.getClass()).map(Object.class::cast))
                    .contains(WireJson.read("{}", value.getClass()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "[]",
                "{\"Name\":\"v\"}",
                "{\"name\":null}",
                "{\"size\":1.0}",
                "{\"size\":\"1\"}",
                "{\"size\":99999999999999999999}",
                "{\"durability\":{\"replicate\":{\"replica\":3000000000}}}",
                "{\"name\":7}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"bricks\":[null]}",
                "{\"bricks\":{}}",
                "{\"mount\":[]}",
                "{\"snapshot\":{\"factor\":1e60}}",
                "{\"mount\":{\"glusterfs\":{\"options\":{\"o\":1}}}}",
                "{} {}",
                "{\"name\":\"v\""
            })
    void whatIsOddIsLeftToDataBinding(String text) {
        assertThat(PlainAnswers.read(bytes(text), VolumeInfo.class)).isEmpty();
    }

    @Test
    void membersOfNewerServersAreIgnored() {
        String text = "{\"name\":\"v\",\"newer\":{\"a\":[1,true,\"x\"]},\"snapshot\":{\"factor\":2}}";

        assertThat(PlainAnswers.read(bytes(text), VolumeInfo.class)).contains(WireJson.read(text, VolumeInfo.class));
        assertThat(PlainAnswers.read(bytes(text), Problem.class)).isEmpty();
    }
}
