package bricklayer.tools.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Rows under headings. */
public final class Table {

    private static final String GAP = "  ";
    private static final String CUT = "…";
    private static final int LEAST_WIDTH = 6;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column, also for those of the wide table; shown as text
     */
    public Table row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(cell -> printable(cell.toString())).toList());
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * Lines that end with a newline and without blanks; none when there is no row.
     *
     * @param wide whether to show all columns
     * @param width no line gets longer, what does not fit is cut; without it nothing is
     */
    public String render(boolean wide, OptionalInt width, Style style) {
        if (rows.isEmpty()) {
            return "";
        }
        int[] shown = IntStream.range(0, columns.size())
                .filter(column -> wide || !columns.get(column).onlyWide())
                .toArray();
        int[] widths = Arrays.stream(shown).map(this::natural).toArray();
        width.ifPresent(most -> fit(shown, widths, most));
        StringBuilder text = new StringBuilder();
        line(text, shown, widths, columns.stream().map(Column::heading).toList(), style, true);
        rows.forEach(row -> line(text, shown, widths, row, style, false));
        return text.toString();
    }

    private int natural(int column) {
        return Math.max(
                columns.get(column).heading().length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }

    /** Takes from the widest column first; from one that is better left whole only when nothing else is left. */
    private void fit(int[] shown, int[] widths, int most) {
        for (boolean whole : new boolean[] {false, true}) {
            while (total(widths) > most) {
                int widest = -1;
                for (int i = 0; i < widths.length; i++) {
                    if (columns.get(shown[i]).whole() == whole
                            && widths[i] > LEAST_WIDTH
                            && (widest < 0 || widths[i] > widths[widest])) {
                        widest = i;
                    }
                }
                if (widest < 0) {
                    break;
                }
                widths[widest]--;
            }
        }
    }

    private static int total(int[] widths) {
        return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    }

    private void line(StringBuilder text, int[] shown, int[] widths, List<String> cells, Style style, boolean heading) {
        for (int i = 0; i < shown.length; i++) {
            Column column = columns.get(shown[i]);
            String cell = cut(cells.get(shown[i]), widths[i]);
            String blanks = " ".repeat(widths[i] - cell.length());
            boolean last = i == shown.length - 1;
            String painted =
                    heading ? style.heading(cell) : column.state() ? style.state(cells.get(shown[i]), cell) : cell;
            text.append(column.number() ? blanks + painted : last ? painted : painted + blanks);
            text.append(last ? "" : GAP);
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        text.append('\n');
    }

    private static String cut(String cell, int width) {
        return cell.length() <= width ? cell : cell.substring(0, width - CUT.length()) + CUT;
    }

    /** What would move the cursor or change colours does not reach the terminal. */
    private static String printable(String text) {
        return text.codePoints().anyMatch(Character::isISOControl)
                ? text.codePoints()
                        .map(c -> Character.isISOControl(c) ? ' ' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }
}
