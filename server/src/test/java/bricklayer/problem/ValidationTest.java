package bricklayer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {

    private static String told(Validation validation) {
        Problem problem = catchThrowableOfType(Problem.class, validation::orThrow);
        assertThat(problem).as("nothing was refused").isNotNull();
        assertThat(problem.status()).isEqualTo(400);
        return problem.text();
    }

    @Test
    void allFieldsAreToldSortedByKey() {
        assertThat(told(new Validation()
                        .field("zone", Rules.required(0), Rules.atLeast(0, 1))
                        .field("cluster", Rules.required("x"), Rules.uuid("x"))
                        .field("name", Rules.volumeName("fine"))))
                .isEqualTo("validation failed: cluster: x is not a valid UUID; zone: cannot be blank.");
    }

    @Test
    void anObjectInsideIsToldInParentheses() {
        assertThat(told(new Validation()
                        .nested(
                                "hostnames",
                                new Validation()
                                        .field("storage", Rules.required(List.of()))
                                        .field("manage", Rules.required(List.of())))))
                .isEqualTo("validation failed: hostnames: (manage: cannot be blank; storage: cannot be blank.).");
    }

    @Test
    void nothingWrongIsNothingTold() {
        new Validation()
                .field("size", Rules.required(1), Rules.atLeast(1, 1))
                .nested("inner", new Validation().field("a", Optional.empty()))
                .orThrow();
    }

    @Test
    void theFirstRuleThatSaysAnythingCounts() {
        assertThat(told(new Validation().field("node", Rules.required(""), Rules.uuid(""))))
                .isEqualTo("validation failed: node: cannot be blank.");
    }

    @Test
    void smallValues() {
        assertThat(Rules.atLeast(-1, 1)).hasValue("must be no less than 1");
        assertThat(Rules.atLeast(0, 1)).isEmpty();
        assertThat(Rules.oneOf("x", "a", "b")).hasValue("must be a valid value");
        assertThat(Rules.oneOf("", "a")).isEmpty();
        assertThat(Rules.state("gone")).hasValue("gone is not valid state");
        assertThat(Rules.state("failed")).isEmpty();
        assertThat(Rules.healCheck("no")).hasValue("no is not valid heal info check");
        assertThat(Rules.required(Map.of())).hasValue("cannot be blank");
    }

    @Test
    void idsAre32HexDigits() {
        assertThat(Rules.uuid("0123456789abcdefABCDEF0123456789")).isEmpty();
        assertThat(Rules.uuid("0123456789abcdefABCDEF012345678")).isPresent();
        assertThat(Rules.uuid("0123456789abcdefABCDEF012345678g")).isPresent();
        assertThat(Rules.operationIds(Collections.nCopies(33, "x")))
                .hasValue("too many ids specified (33), up to 32 supported");
        assertThat(Rules.operationIds(List.of("x"))).hasValue("x is not a valid UUID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/sdb", "/dev/disk/by-id/a:b_c.d-1", "/x", "//"})
    void deviceNames(String name) {
        assertThat(Rules.deviceName(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdb", "/dev/sd b", "/", "/dev/sdb\n", "/dev/$x", "/dev/'a'", "/dev/ü"})
    void notDeviceNames(String name) {
        assertThat(Rules.deviceName(name)).hasValue("must be in a valid format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a b", "a\n", "ä", "a/b", ";rm"})
    void notVolumeNames(String name) {
        assertThat(Rules.volumeName(name)).hasValue("must be in a valid format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n1",
                "192.0.2.1",
                "1.2.3.999",
                "::1",
                "2001:db8::192.0.2.1",
                "a_b.example",
                "_x",
                "a.b.",
                "a_",
                "0"
            })
    void hostnames(String name) {
        assertThat(Rules.isHostname(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a..b", "a b", "a;b", "::g", "1::2::3", "ü", "a/b", "[::1]", "fe80::1%eth0", ":"})
    void notHostnames(String name) {
        assertThat(Rules.isHostname(name)).isFalse();
    }

    @Test
    void hostnameListsAreToldWhole() {
        assertThat(Rules.hostnames(List.of("n1", "a b"), "manage")).hasValue("[n1 a b] is not a valid manage hostname");
        assertThat(Rules.isHostname("a".repeat(64))).isFalse();
        assertThat(Rules.isHostname(String.join(".", Collections.nCopies(5, "a".repeat(60)))))
                .isFalse();
    }

    @Test
    void tags() {
        assertThat(Rules.tags(Map.of("rack", "any thing ü", "a.b-c_D9", ""))).isEmpty();
        assertThat(Rules.tags(Map.of("", "x"))).hasValue("tag names may not be empty");
        assertThat(Rules.tags(Map.of("a b", "x"))).hasValue("invalid characters in tag name a b");
        String longName = "n".repeat(33);
        assertThat(Rules.tags(Map.of(longName, "x")))
                .hasValue("tag name " + longName + ": the length must be between 1 and 32");
        assertThat(Rules.tags(Map.of("k", "\ud83d\ude00".repeat(64)))).isEmpty();
        assertThat(Rules.tags(Map.of("k", "x".repeat(65))))
                .hasValue("value of tag k: the length must be no more than 64");
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 33; i++) {
            many.put("k" + i, "");
        }
        assertThat(Rules.tags(many)).hasValue("too many tags specified (33), up to 32 supported");
    }
}
