package bricklayer.tools.bench.report;

import java.util.List;

/**
 * One thing that was measured, in as many runs as there were.
 *
 * @param least of all runs, as is {@code most}: their spread
 */
public record Figure(String name, String unit, double median, double least, double most, List<Double> runs) {

    public Figure {
        runs = List.copyOf(runs);
    }

    static Figure of(String name, String unit, List<Double> runs) {
        List<Double> sorted = runs.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Figure(name, unit, median, sorted.getFirst(), sorted.getLast(), runs);
    }
}
