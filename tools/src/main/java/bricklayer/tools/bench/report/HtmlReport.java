package bricklayer.tools.bench.report;

import java.util.Locale;
import java.util.Map;

/** A report as one page that needs nothing else: no scripts, no fonts, no network. */
public final class HtmlReport {

    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; }
            h1, h2 { line-height: 1.2; } h2 { margin-top: 2.2em; border-top: 1px solid #ccc; padding-top: .8em; }
            table { border-collapse: collapse; margin: .8em 0; } td, th { border: 1px solid #ccc; padding: .2em .6em; text-align: left; }
            td.n { text-align: right; font-variant-numeric: tabular-nums; } .met { color: #2a7a2a; } .missed { color: #b3261e; font-weight: bold; }
            svg { max-width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif; fill: #333; } svg .end { text-anchor: end; }
            svg .mid { text-anchor: middle; } svg .grid { stroke: #ddd; }
            """;

    private HtmlReport() {}

    public static String of(BenchReport report) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
        page.append(
                        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Bricklayer, measured</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n<h1>Bricklayer, measured</h1>\n");
        Machine machine = report.machine();
        page.append(String.format(
                Locale.ROOT,
                "<p>%s, version %s, commit %s; %s, %.0f s.<br>%s, %s, %d cores, %,d MiB, %s; load when it began %.2f; a flush of 4 KiB takes %.2f ms.</p>%n",
                Svg.text(report.server()),
                Svg.text(report.version()),
                Svg.text(report.commit()),
                Svg.text(report.began()),
                report.seconds(),
                Svg.text(machine.system()),
                Svg.text(machine.processor()),
                machine.cores(),
                machine.memoryMib(),
                Svg.text(machine.java()),
                machine.load(),
                machine.flushMillis()));
        page.append(settings(report.settings()));
        page.append("<h2>Bars</h2>\n<table><tr><th>what<th>bar<th>measured<th></tr>\n");
        report.bars()
                .forEach(bar -> page.append(String.format(
                        "<tr><td>%s<td>%s<td>%s<td class=\"%s\">%s</tr>%n",
                        Svg.text(bar.what()),
                        Svg.text(bar.bar()),
                        Svg.text(bar.measured()),
                        bar.met().replaceAll("[^a-z]+", "-"),
                        Svg.text(bar.met()))));
        page.append("</table>\n");
        report.scenarios().forEach(scenario -> page.append(of(scenario)));
        return page.append("</html>\n").toString();
    }

    private static String of(ScenarioReport scenario) {
        StringBuilder part = new StringBuilder();
        part.append(String.format(
                Locale.ROOT, "<h2>%s</h2>%n<p>%s</p>%n", Svg.text(scenario.name()), Svg.text(scenario.about())));
        part.append(settings(scenario.settings()));
        part.append("<table><tr><th>figure<th>median<th>least<th>most<th>runs</tr>\n");
        for (Figure figure : scenario.figures()) {
            part.append(String.format(
                    "<tr><td>%s<td class=\"n\">%s %s<td class=\"n\">%s<td class=\"n\">%s<td class=\"n\">%d</tr>%n",
                    Svg.text(figure.name()),
                    TextReport.number(figure.median()),
                    Svg.text(figure.unit()),
                    TextReport.number(figure.least()),
                    TextReport.number(figure.most()),
                    figure.runs().size()));
        }
        part.append("</table>\n");
        scenario.notes()
                .forEach(note -> part.append("<p>").append(Svg.text(note)).append("</p>\n"));
        scenario.series()
                .forEach(series -> part.append("<h3>")
                        .append(Svg.text(series.title()))
                        .append("</h3>\n")
                        .append(Svg.chart(series)));
        scenario.timelines()
                .forEach(timeline -> part.append("<h3>")
                        .append(Svg.text(timeline.title()))
                        .append("</h3>\n")
                        .append(TimelineSvg.of(timeline)));
        return part.toString();
    }

    private static String settings(Map<String, String> settings) {
        if (settings.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("<p>");
        settings.forEach((name, value) ->
                text.append(Svg.text(name)).append(": ").append(Svg.text(value)).append("; "));
        return text.append("</p>\n").toString();
    }
}
