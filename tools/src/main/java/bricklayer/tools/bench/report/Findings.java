package bricklayer.tools.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what a scenario measures while it runs. Not thread-safe. */
public final class Findings {

    private record Measured(String unit, List<Double> runs) {}

    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, Measured> figures = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Series.Point>>> points = new LinkedHashMap<>();
    private final Map<String, String[]> axes = new LinkedHashMap<>();
    private final List<Timeline> timelines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public void setting(String name, Object value) {
        settings.put(name, String.valueOf(value));
    }

    /** Adds what one run measured; a figure has as many values as there were runs. */
    public void figure(String name, String unit, double value) {
        figures.computeIfAbsent(name, key -> new Measured(unit, new ArrayList<>()))
                .runs()
                .add(value);
    }

    /** Of the values that a figure has so far. */
    public double median(String name) {
        Measured measured = figures.get(name);
        if (measured == null) {
            throw new IllegalArgumentException("no figure " + name);
        }
        return Figure.of(name, measured.unit(), measured.runs()).median();
    }

    /** Adds a point to a line of a chart. */
    public void point(String chart, String x, String y, String line, double atX, double atY) {
        axes.putIfAbsent(chart, new String[] {x, y});
        points.computeIfAbsent(chart, key -> new LinkedHashMap<>())
                .computeIfAbsent(line, key -> new ArrayList<>())
                .add(new Series.Point(atX, atY));
    }

    public void timeline(Timeline timeline) {
        timelines.add(timeline);
    }

    public void note(String text) {
        notes.add(text);
    }

    public ScenarioReport report(String name, String about, double seconds) {
        return new ScenarioReport(
                name,
                about,
                seconds,
                settings,
                figures.entrySet().stream()
                        .map(each -> Figure.of(
                                each.getKey(),
                                each.getValue().unit(),
                                each.getValue().runs()))
                        .toList(),
                points.entrySet().stream()
                        .map(chart -> {
                            String[] axis = axes.getOrDefault(chart.getKey(), new String[] {"", ""});
                            return new Series(
                                    chart.getKey(),
                                    axis[0],
                                    axis[1],
                                    chart.getValue().entrySet().stream()
                                            .map(line -> new Series.Line(line.getKey(), line.getValue()))
                                            .toList());
                        })
                        .toList(),
                timelines,
                notes);
    }
}
