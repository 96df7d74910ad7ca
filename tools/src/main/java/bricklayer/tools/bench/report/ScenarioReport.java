package bricklayer.tools.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of one scenario.
 *
 * @param seconds that it took, preparations and all
 * @param notes what a reader must know to judge the figures
 */
public record ScenarioReport(
        String name,
        String about,
        double seconds,
        Map<String, String> settings,
        List<Figure> figures,
        List<Series> series,
        List<Timeline> timelines,
        List<String> notes) {

    public ScenarioReport {
        settings = new TreeMap<>(settings);
        figures = List.copyOf(figures);
        series = List.copyOf(series);
        timelines = List.copyOf(timelines);
        notes = List.copyOf(notes);
    }

    public Optional<Figure> figure(String figure) {
        return figures.stream().filter(each -> each.name().equals(figure)).findFirst();
    }
}
