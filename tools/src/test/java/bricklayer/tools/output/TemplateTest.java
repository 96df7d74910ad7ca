package bricklayer.tools.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    private static final Object TREE = Tree.of("""
            {"name": "v", "size": 10, "block": false, "tags": {"rack": "r1"}, "hosts": ["a", "b"],
             "bricks": [{"id": "b1", "path": "/p1"}, {"id": "b2", "path": "/p2"}]}
            """);

    private static String filled(String template) {
        return Template.parse(template).fill(TREE);
    }

    @ParameterizedTest
    @CsvSource({
        "{.name}, v",
        "{ .name } {.size}, v 10",
        "{.tags.rack}, r1",
        "{.bricks[1].path}, /p2",
        "{.bricks[*].path}, /p1 /p2",
        "{.hosts}, 'a,b'",
        "{.hosts[0]}, a",
        "<{.bricks[7].path}{.nothing.at.all}{.name.more}>, <>",
        "\\{{.name}\\}\\\\, {v}\\",
    })
    void placesAreFilled(String template, String text) {
        assertThat(filled(template)).isEqualTo(text);
    }

    @Test
    void rangesGoThroughLists() {
        assertThat(filled("{range .bricks[*]}{.id}\\t{.path}\\n{end}{.name}")).isEqualTo("b1\t/p1\nb2\t/p2\nv");
        assertThat(filled("{range .bricks[*]}{range .path}<{.}>{end}{end}")).isEqualTo("</p1></p2>");
    }

    @ParameterizedTest
    @CsvSource({
        "{.name, character 1: { without }",
        "x{name}, character 2: {name} is no path",
        "{}, character 1: {} says nothing",
        "{range .bricks[*]}, character 19: {range ...} without {end}",
        "a{end}, character 2: {end} without {range ...}",
        "a\\x, character 2: \\x is not one of",
        "a\\, character 2: nothing behind the backslash",
        "{.a[x]}, character 1: {.a[x]} is no path",
        "{.a[*}, character 1: {.a[*} is no path"
    })
    void whatIsWrongIsSaidWithItsPlace(String template, String message) {
        assertThatThrownBy(() -> Template.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("in the template, at " + message);
    }
}
