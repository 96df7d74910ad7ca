package bricklayer.lvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LvmTagsTest {

    private static final String LEGAL = "[A-Za-z0-9_+.\\-/=!:&#]+";
    private static final long SEED = 7;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "volume,  vol_1,    volume=vol_1",
                "volume,  a b,      volume=a#20b",
                "volume,  ü,        volume=#C3#BC",
                "volume,  #20,      volume=#2320",
                "volume,  a=b,      volume=a=b",
                "a=b,     c,        a#3Db=c",
                "-f,      -f,       #2Df=-f",
                "path,    /dev/x:1, path=/dev/x:1",
                "quotes,  '@%*,     quotes=#27#40#25#2A",
                "nothing, \"\",     nothing=",
            })
    void writesLegalTags(String key, String value, String tag) {
        assertThat(LvmTags.tag(key, value)).isEqualTo(tag).matches(LEGAL);
        assertThat(LvmTags.read(List.of(tag))).isEqualTo(Map.of(key, value));
    }

    @Test
    void anyTextComesBack() {
        Random random = new Random(SEED);
        for (int round = 0; round < 2000; round++) {
            String key = text(random, 1 + random.nextInt(8));
            String value = text(random, random.nextInt(20));
            String tag = LvmTags.tag(key, value);

            assertThat(tag).as("seed %d, round %d", SEED, round).matches(LEGAL).doesNotStartWith("-");
            assertThat(LvmTags.read(List.of(tag)))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(Map.of(key, value));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreign", "=x", "k=#2", "k=#zz", "k=#41", "k=#c3#bc", "k=#FF", "k=ü", "-k=x", "k=a b"})
    void leavesOutTagsOfOthers(String tag) {
        assertThat(LvmTags.read(List.of(tag, "k2=v"))).isEqualTo(Map.of("k2", "v"));
    }

    @Test
    void refusesWhatNoTagCanHold() {
        assertThatIllegalArgumentException().isThrownBy(() -> LvmTags.tag("", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> LvmTags.tag("k", "\ud800"));
        assertThatIllegalArgumentException().isThrownBy(() -> LvmTags.tag("k", "x".repeat(1023)));
        assertThat(LvmTags.tag("k", "x".repeat(1022))).hasSize(1024);
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            int c = random.nextBoolean() ? random.nextInt(128) : random.nextInt(Character.MAX_CODE_POINT);
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                text.appendCodePoint(c);
            }
        }
        return text.toString();
    }
}
