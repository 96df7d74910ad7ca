package bricklayer.brick.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bricklayer.brick.InvalidRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementOptionsTest {

    @Test
    void theServersSettingsHoldWhereNoOptionSaysOtherwise() {
        PlacementOptions options = read("", "performance.io-cache off", "user.heketi.id 0a", "user.heketi.arbiter");

        assertThat(options).isEqualTo(new PlacementOptions(false, ZoneRule.STRICT, TagRule.ANY, 64));
    }

    @Test
    void readsEachOption() {
        PlacementOptions options = read(
                "user.heketi.arbiter true",
                "user.heketi.zone-checking none",
                "user.heketi.device-tag-match tier!=slow",
                "user.heketi.average-file-size 1024");

        assertThat(options)
                .isEqualTo(new PlacementOptions(true, ZoneRule.NONE, new TagRule("tier", false, "slow"), 1024));
        assertThat(options.rules(1.5f))
                .isEqualTo(PlacementRules.DEFAULTS
                        .withTags(options.tags())
                        .withAverageFileKiB(1024)
                        .withSnapshotFactor(1.5f));
    }

    @Test
    void theLastOfSeveralCounts() {
        PlacementOptions options = read(
                "user.heketi.arbiter true",
                "user.heketi.arbiter false",
                "user.heketi.zone-checking strict",
                "user.heketi.zone-checking sideways");

        assertThat(options.arbiter()).isFalse();
        assertThat(options.zones()).isEqualTo(ZoneRule.NONE);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "t, true", "T, true", "TRUE, true", "True, true", "tRUE, false", "yes, false", "0, false"})
    void knowsGosWordsForTrue(String word, boolean arbiter) {
        assertThat(read("user.heketi.arbiter " + word).arbiter()).isEqualTo(arbiter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "64k", "", "9999999999999999999"})
    void aFileSizeThatIsNoneIsTheServers(String size) {
        assertThat(read("user.heketi.average-file-size 7", "user.heketi.average-file-size " + size)
                        .averageFileKiB())
                .isEqualTo(64);
    }

    @Test
    void aTagRuleThatIsNoneIsRefused() {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> read("user.heketi.device-tag-match tier is fast"))
                .withMessage("Invalid tag matching rule: Invalid tag match rule: tier is fast");
    }

    private static PlacementOptions read(String... options) {
        return PlacementOptions.read(List.of(options), ZoneRule.STRICT, 64);
    }
}
