package bricklayer.tools.bench.report;

import java.util.List;
import java.util.Locale;

/** Charts as SVG, which a browser shows without anything else. */
final class Svg {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 70;
    private static final int RIGHT = 130;
    private static final int TOP = 16;
    private static final int BOTTOM = 44;
    private static final int TICKS = 5;
    private static final List<String> COLOURS =
            List.of("#1b6ca8", "#d1495b", "#3c8d40", "#b07d12", "#7a4e9c", "#2a9d8f", "#6b6b6b", "#a23b72");

    private Svg() {}

    static String colour(int number) {
        return COLOURS.get(number % COLOURS.size());
    }

    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String chart(Series series) {
        List<Series.Point> all =
                series.lines().stream().flatMap(line -> line.points().stream()).toList();
        double mostX = nice(all.stream().mapToDouble(Series.Point::x).max().orElse(1));
        double mostY = nice(all.stream().mapToDouble(Series.Point::y).max().orElse(1));
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                text(series.title())));
        for (int tick = 0; tick <= TICKS; tick++) {
            double y = y(mostY * tick / TICKS, mostY);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" class=\"grid\"/><text x=\"%d\" y=\"%.1f\" class=\"end\">%s</text>%n",
                    LEFT,
                    y,
                    WIDTH - RIGHT,
                    y,
                    LEFT - 6,
                    y + 4,
                    TextReport.number(mostY * tick / TICKS)));
            double x = x(mostX * tick / TICKS, mostX);
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" class=\"mid\">%s</text>%n",
                    x,
                    HEIGHT - BOTTOM + 16,
                    TextReport.number(mostX * tick / TICKS)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" class=\"mid\">%s</text><text x=\"14\" y=\"%d\" class=\"mid\" transform=\"rotate(-90 14 %d)\">%s</text>%n",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 8,
                text(series.x()),
                HEIGHT / 2,
                HEIGHT / 2,
                text(series.y())));
        for (int i = 0; i < series.lines().size(); i++) {
            svg.append(line(series.lines().get(i), i, mostX, mostY));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String line(Series.Line line, int number, double mostX, double mostY) {
        StringBuilder points = new StringBuilder();
        for (Series.Point point : line.points()) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x(), mostX), y(point.y(), mostY)));
        }
        int legend = TOP + 10 + 18 * number;
        return String.format(
                Locale.ROOT,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\"/><rect x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>%n",
                points.toString().strip(),
                colour(number),
                WIDTH - RIGHT + 10,
                legend - 9,
                colour(number),
                WIDTH - RIGHT + 25,
                legend,
                text(line.name()));
    }

    private static double x(double value, double most) {
        return LEFT + (WIDTH - LEFT - RIGHT) * value / most;
    }

    private static double y(double value, double most) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / most;
    }

    /** The next of 1, 2, 2.5, 5, 10 times a power of ten. */
    static double nice(double most) {
        if (most <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double step : new double[] {1, 2, 2.5, 5}) {
            if (most <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
