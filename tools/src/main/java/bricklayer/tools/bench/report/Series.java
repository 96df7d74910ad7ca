package bricklayer.tools.bench.report;

import java.util.List;

/**
 * Lines of one chart.
 *
 * @param x what its points are over, with the unit
 * @param y what they say, with the unit
 */
public record Series(String title, String x, String y, List<Line> lines) {

    /** One line. */
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    public record Point(double x, double y) {}

    public Series {
        lines = List.copyOf(lines);
    }
}
