package bricklayer.brick.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bricklayer.brick.InvalidRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagRuleTest {

    @ParameterizedTest
    @CsvSource({
        "tier=fast,           tier,      true,  fast",
        "tier!=fast,          tier,      false, fast",
        "a=b=c,               a=b,       true,  c",
        "a=b!=c,              a=b,       false, c",
        "Rack_1.2=X:3/[4],    Rack_1.2,  true,  X:3/[4]",
        "my-tag=a-b,          my-tag,    true,  a-b",
        "a==b,                a=,        true,  b",
        "x?y>=z,              x?y>,      true,  z",
    })
    void takesAllThatHeketiTookAndHyphens(String rule, String key, boolean equal, String value) {
        assertThat(TagRule.parse(rule)).isEqualTo(new TagRule(key, equal, value));
        assertThat(TagRule.parse(rule)).hasToString(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tier",
                "tier=",
                "=fast",
                "!=fast",
                "tier!fast",
                "ti er=fast",
                "tier=fast\n",
                "a=b,c=d",
                "tür=1"
            })
    void refusesOthersInHeketisWords(String rule) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> TagRule.parse(rule))
                .withMessage("Invalid tag matching rule: Invalid tag match rule: " + rule);
    }

    @Test
    void aMissingTagIsTheEmptyString() {
        assertThat(TagRule.parse("tier=fast").passes(Map.of())).isFalse();
        assertThat(TagRule.parse("tier!=fast").passes(Map.of())).isTrue();
    }

    @Test
    void comparesExactly() {
        assertThat(TagRule.parse("tier=fast").passes(Map.of("tier", "fast"))).isTrue();
        assertThat(TagRule.parse("tier=fast").passes(Map.of("tier", "Fast"))).isFalse();
        assertThat(TagRule.parse("tier!=fast").passes(Map.of("tier", "fast"))).isFalse();
        assertThat(TagRule.ANY.passes(Map.of("tier", "fast"))).isTrue();
    }
}
