package bricklayer.tools.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A timeline as SVG: one row an operation, one colour a phase. Of very many operations every so-many-th is drawn. */
final class TimelineSvg {

    private static final int WIDTH = 900;
    private static final int ROWS_MAX = 500;
    private static final int TOP = 40;
    private static final int TALLEST = 1200;

    private TimelineSvg() {}

    static String of(Timeline timeline) {
        int every = Math.max(1, (timeline.rows().size() + ROWS_MAX - 1) / ROWS_MAX);
        List<Timeline.Row> rows = new ArrayList<>();
        for (int i = 0; i < timeline.rows().size(); i += every) {
            rows.add(timeline.rows().get(i));
        }
        List<String> phases = timeline.rows().stream()
                .flatMap(row -> row.spans().stream())
                .map(Timeline.Span::phase)
                .distinct()
                .toList();
        double most = Svg.nice(timeline.rows().stream()
                .flatMap(row -> row.spans().stream())
                .mapToDouble(Timeline.Span::to)
                .max()
                .orElse(1));
        double height = Math.min(10, (double) TALLEST / Math.max(1, rows.size()));
        int bottom = TOP + (int) Math.ceil(height * rows.size());
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                bottom + 30,
                WIDTH,
                Svg.text(timeline.title())));
        for (int i = 0; i < phases.size(); i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"6\" width=\"10\" height=\"10\" fill=\"%s\"/><text x=\"%d\" y=\"15\">%s</text>%n",
                    10 + 110 * i,
                    Svg.colour(i),
                    24 + 110 * i,
                    Svg.text(phases.get(i))));
        }
        for (int r = 0; r < rows.size(); r++) {
            double y = TOP + height * r;
            for (Timeline.Span span : rows.get(r).spans()) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"%s\"><title>%s %s %.2f ms</title></rect>%n",
                        WIDTH * span.from() / most,
                        y,
                        Math.max(0.2, WIDTH * (span.to() - span.from()) / most),
                        Math.max(0.8, height * 0.9),
                        Svg.colour(phases.indexOf(span.phase())),
                        Svg.text(rows.get(r).id()),
                        Svg.text(span.phase()),
                        span.to() - span.from()));
            }
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"0\" y=\"%d\">0 ms</text><text x=\"%d\" y=\"%d\" class=\"end\">%s ms</text>%n",
                bottom + 18,
                WIDTH,
                bottom + 18,
                TextReport.number(most)));
        svg.append("</svg>\n");
        return every == 1 ? svg.toString() : svg + "<p>Every " + every + ". operation is drawn.</p>\n";
    }
}
