package bricklayer.tools.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    private static final Table VOLUMES = new Table(
                    Column.text("NAME"),
                    Column.number("SIZE"),
                    Column.id("ID"),
                    Column.text("MOUNT").wide())
            .row("a-rather-long-name-of-a-volume", 10, "0123456789abcdef", "n1:a")
            .row("b", 9000, "fedcba9876543210", "n1:b");

    @Test
    void columnsStandBelowTheirHeadings() {
        assertThat(VOLUMES.render(false, OptionalInt.empty(), Style.PLAIN)).isEqualTo("""
                NAME                            SIZE  ID
                a-rather-long-name-of-a-volume    10  0123456789abcdef
                b                               9000  fedcba9876543210
                """);
    }

    @Test
    void theWideTableHasAll() {
        assertThat(VOLUMES.render(true, OptionalInt.empty(), Style.PLAIN).lines())
                .first()
                .asString()
                .endsWith("ID                MOUNT");
    }

    @Test
    void namesAreCutBeforeIds() {
        assertThat(VOLUMES.render(false, OptionalInt.of(40), Style.PLAIN)).isEqualTo("""
                NAME              SIZE  ID
                a-rather-long-n…    10  0123456789abcdef
                b                 9000  fedcba9876543210
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 25, 30, 33, 47, 52, 80})
    void noLineIsLongerThanTheTerminal(int width) {
        assertThat(VOLUMES.render(false, OptionalInt.of(width), Style.PLAIN).lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }

    @Test
    void aTableWithoutRowsIsNothing() {
        assertThat(new Table(Column.text("NAME")).render(false, OptionalInt.of(80), Style.PLAIN))
                .isEmpty();
    }

    @Test
    void whatMovesTheCursorIsTakenOut() {
        assertThat(new Table(Column.text("NAME")).row("a\u001b[2Jb\nc").render(false, OptionalInt.empty(), Style.PLAIN))
                .isEqualTo("NAME\na [2Jb c\n");
    }

    @Test
    void coloursDoNotCountAsWidth() {
        Table nodes = new Table(Column.state("STATE"), Column.text("NODE"))
                .row("online", "n1")
                .row("failed", "n2")
                .row("offline", "n3");

        String coloured = nodes.render(false, OptionalInt.of(20), new Style(true));

        assertThat(coloured)
                .contains("\u001b[32monline\u001b[0m   n1", "\u001b[31mfailed\u001b[0m", "\u001b[33moffline");
        assertThat(coloured.replaceAll("\u001b\\[\\d+m", ""))
                .isEqualTo(nodes.render(false, OptionalInt.of(20), Style.PLAIN));
    }
}
