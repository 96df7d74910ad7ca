package bricklayer.tools.bench.report;

import java.util.List;

/**
 * Where the time of operations went, one row an operation.
 *
 * @param rows in the order in which they were asked for
 */
public record Timeline(String title, List<Row> rows) {

    /** One operation. */
    public record Row(String id, List<Span> spans) {
        public Row {
            spans = List.copyOf(spans);
        }
    }

    /**
     * A part of it.
     *
     * @param from milliseconds since the first operation was asked for, as is {@code to}
     */
    public record Span(String phase, double from, double to) {}

    public Timeline {
        rows = List.copyOf(rows);
    }
}
