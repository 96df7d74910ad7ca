package bricklayer.tools.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a story that breaks a promise shorter, as long as it breaks the same one, within a number of tries. */
final class Shrinker {

    private final String promise;
    private final boolean diskLies;
    private int triesLeft;
    private Story best;

    private Shrinker(Story failing, String promise, boolean diskLies, int tries) {
        this.best = failing;
        this.promise = promise;
        this.diskLies = diskLies;
        this.triesLeft = tries;
    }

    static Story shrink(Story failing, Violation violation, boolean diskLies, int tries) {
        Shrinker shrinker = new Shrinker(failing, violation.promise(), diskLies, tries);
        int before;
        do {
            before = shrinker.weight();
            shrinker.dropEvents();
            shrinker.lowerNumbers();
        } while (shrinker.triesLeft > 0 && shrinker.weight() < before);
        return shrinker.best;
    }

    private int weight() {
        return best.events().stream()
                .mapToInt(event -> 10_000 + (int) (event.afterMs() / 1_000) + event.a() + event.b() + event.c())
                .sum();
    }

    /** Ever smaller parts, from the end, for what came last needs least of the rest. */
    private void dropEvents() {
        for (int size = Math.max(1, best.events().size() / 2); size >= 1; size /= 2) {
            for (int to = best.events().size(); to > 0; to -= size) {
                List<Event> fewer = new ArrayList<>(best.events());
                fewer.subList(Math.max(0, to - size), to).clear();
                consider(fewer);
            }
        }
    }

    private void lowerNumbers() {
        for (int i = 0; i < best.events().size(); i++) {
            Event event = best.events().get(i);
            replace(i, new Event(0, event.kind(), event.a(), event.b(), event.c()));
            event = best.events().get(i);
            replace(i, new Event(event.afterMs(), event.kind(), 0, event.b(), event.c()));
            event = best.events().get(i);
            replace(i, new Event(event.afterMs(), event.kind(), event.a(), 0, event.c()));
            event = best.events().get(i);
            replace(i, new Event(event.afterMs(), event.kind(), event.a(), event.b(), 0));
        }
    }

    private void replace(int index, Event simpler) {
        if (!best.events().get(index).equals(simpler)) {
            List<Event> events = new ArrayList<>(best.events());
            events.set(index, simpler);
            consider(events);
        }
    }

    private void consider(List<Event> events) {
        if (triesLeft > 0) {
            triesLeft--;
            Story candidate = best.with(events);
            Optional<Violation> violation = Run.of(candidate, false, diskLies).violation();
            if (violation.filter(found -> found.promise().equals(promise)).isPresent()) {
                best = candidate;
            }
        }
    }
}
