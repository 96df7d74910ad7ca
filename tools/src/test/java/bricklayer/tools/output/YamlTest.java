package bricklayer.tools.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

    @Test
    void membersAreBlocks() {
        String json = """
                {"name": "v", "size": 10, "factor": 1.25, "block": false, "none": null, "tags": {}, "list": [],
                 "mount": {"glusterfs": {"hosts": ["a", "192.0.2.1"]}},
                 "bricks": [{"id": "b1", "at": {"node": "n1", "path": "/p"}}, {"id": "b2"}], "deep": [["a", "b"], ["c"]]}
                """;

        assertThat(Yaml.write(Tree.of(json))).isEqualTo("""
                name: v
                size: 10
                factor: 1.25
                block: false
                none: null
                tags: {}
                list: []
                mount:
                  glusterfs:
                    hosts:
                    - a
                    - "192.0.2.1"
                bricks:
                - id: b1
                  at:
                    node: n1
                    path: /p
                - id: b2
                deep:
                - - a
                  - b
                - - c
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "plain-word, plain-word",
        "/dev/sdb, /dev/sdb",
        "'', '\"\"'",
        "yes, '\"yes\"'",
        "Null, '\"Null\"'",
        "12, '\"12\"'",
        "0x1f, '\"0x1f\"'",
        "1e5, '\"1e5\"'",
        "a: b, '\"a: b\"'",
        "a #b, '\"a #b\"'",
        "-, '\"-\"'",
        "'say \"x\"', '\"say \\\"x\\\"\"'"
    })
    void textsStayTexts(String text, String written) {
        assertThat(Yaml.write(text)).isEqualTo(written + "\n");
    }
}
