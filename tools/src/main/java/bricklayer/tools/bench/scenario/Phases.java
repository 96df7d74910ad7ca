package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Volumes;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.report.Timeline;
import bricklayer.tools.bench.server.MeasuredServer;
import bricklayer.tools.bench.server.RecordedPhases;
import bricklayer.tools.bench.server.RecordedPhases.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the time of creates goes, operation by operation. */
public final class Phases implements Scenario {

    private static final int ASKERS = 32;

    /** Until the server began with it, and after it ended until the client knew. */
    private static final String QUEUED = "queued";

    @Override
    public String name() {
        return "phases";
    }

    @Override
    public String about() {
        return "Creates asked for at once on an empty server, and what each waited for: queued until the server began to plan, placed (planned, and the plan on disk), bricks and gluster as the nodes did it, committed (the end on disk). One row an operation, in the order in which they were asked for.";
    }

    @Override
    public void run(Stand stand, Findings to) {
        BenchSettings settings = stand.settings();
        once(stand, Duration.ZERO, settings.quick() ? 50 : 1_000, "", to);
        if (!settings.slow().isZero()) {
            once(stand, settings.slow(), settings.quick() ? 20 : 1_000, ", slow nodes", to);
        }
    }

    private static void once(Stand stand, Duration commandTime, int count, String suffix, Findings to) {
        BenchSettings settings = stand.settings();
        try (Subject subject = stand.empty(settings.nodes(), settings.server().taking(commandTime))) {
            MeasuredServer own = subject.own().orElseThrow();
            stand.progress().say("warming up" + suffix);
            Creating.warmUp(subject, settings.clients(), commandTime.isZero() ? settings.warmUp() : settings.clients());
            own.record();
            stand.progress().say(count + " at once" + suffix);
            Map<String, Instant> asked = new ConcurrentHashMap<>();
            Volumes volumes = Creating.volumes();
            subject.crew(ASKERS).all((connection, client) -> {
                List<String> mine = new ArrayList<>();
                for (int n = client; n < count; n += ASKERS) {
                    Instant now = Instant.now();
                    String queue = volumes.begin(connection);
                    asked.put(queue.substring(queue.lastIndexOf('/') + 1), now);
                    mine.add(queue);
                }
                for (String queue : mine) {
                    volumes.end(connection, queue);
                }
            });
            draw(RecordedPhases.read(own.recorded()), asked, count + " creates at once" + suffix, suffix, to);
        }
    }

    private static void draw(
            Map<String, List<Phase>> recorded, Map<String, Instant> asked, String title, String suffix, Findings to) {
        Optional<Instant> first = asked.values().stream().min(Comparator.naturalOrder());
        if (first.isEmpty()) {
            return;
        }
        Map<String, List<Double>> times = new LinkedHashMap<>();
        List<Timeline.Row> rows = asked.entrySet().stream()
                .filter(each -> recorded.containsKey(each.getKey()))
                .sorted(Map.Entry.comparingByValue())
                .map(each -> row(
                        each.getKey(),
                        each.getValue(),
                        recorded.getOrDefault(each.getKey(), List.of()),
                        first.get(),
                        times))
                .toList();
        times.forEach((phase, millis) -> {
            List<Double> sorted = millis.stream().sorted().toList();
            to.figure(phase + " p50" + suffix, "ms", sorted.get(sorted.size() / 2));
            to.figure(phase + " p99" + suffix, "ms", sorted.get(sorted.size() * 99 / 100));
        });
        to.timeline(new Timeline(title, rows));
    }

    private static Timeline.Row row(
            String id, Instant asked, List<Phase> phases, Instant first, Map<String, List<Double>> times) {
        List<Timeline.Span> spans = new ArrayList<>();
        Instant at = asked;
        String waitsFor = QUEUED;
        for (Phase phase : phases) {
            add(waitsFor, at, phase.from(), first, spans, times);
            add(phase.name(), phase.from(), phase.to(), first, spans, times);
            at = phase.to();
            waitsFor = "waiting";
        }
        return new Timeline.Row(id, spans);
    }

    private static void add(
            String name,
            Instant from,
            Instant to,
            Instant first,
            List<Timeline.Span> spans,
            Map<String, List<Double>> times) {
        if (to.isAfter(from)) {
            spans.add(new Timeline.Span(name, millis(first, from), millis(first, to)));
            times.computeIfAbsent(name, key -> new ArrayList<>()).add(millis(from, to));
        }
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
