package bricklayer.executor.simulated;

import java.util.List;

/**
 * LVM's {@code -S}: columns that equal values, joined by {@code &&} and, weaker, {@code ||}.
 *
 * @param choices one of which must hold whole
 */
record Selection(List<List<Equality>> choices) {

    record Equality(String column, String value) {}

    static final Selection ALL = new Selection(List.of(List.of()));

    static Selection of(String text) {
        return new Selection(List.of(text.split("\\|\\|")).stream()
                .map(choice -> List.of(choice.split("&&")).stream()
                        .map(Selection::equality)
                        .toList())
                .toList());
    }

    private static Equality equality(String text) {
        String[] sides = text.strip().split("=", 2);
        if (sides.length != 2
                || !sides[0].strip().matches("[a-z_]+")
                || !sides[1].strip().matches("[A-Za-z0-9._+/-]*")) {
            throw new NotSimulated("selection " + text);
        }
        return new Equality(sides[0].strip(), sides[1].strip());
    }

    boolean matches(Row row) {
        return choices.stream()
                .anyMatch(choice -> choice.stream()
                        .allMatch(equality -> row.column(equality.column()).equals(equality.value())));
    }
}
