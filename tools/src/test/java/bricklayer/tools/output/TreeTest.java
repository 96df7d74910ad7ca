package bricklayer.tools.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TreeTest {

    private static String table(String json) {
        return Tree.table(Tree.of(json)).render(false, OptionalInt.empty(), Style.PLAIN);
    }

    @Test
    void anObjectIsARowForEachMember() {
        assertThat(
                        table(
                                "{\"name\":\"v\",\"mount\":{\"hosts\":[\"a\",\"b\"]},\"bricks\":[{\"id\":\"b1\"}],\"tags\":{}}"))
                .isEqualTo("""
                        FIELD         VALUE
                        name          v
                        mount.hosts   a,b
                        bricks[0].id  b1
                        tags
                        """);
    }

    @Test
    void anObjectWithOneListIsItsRows() {
        assertThat(table("{\"pairs\":[{\"a\":1,\"list\":[2]},{\"a\":3,\"b\":\"x\"}]}"))
                .isEqualTo("""
                A  B
                1
                3  x
                """);
        assertThat(table("{\"ids\":[\"one\",\"two\"]}")).isEqualTo("VALUE\none\ntwo\n");
    }
}
