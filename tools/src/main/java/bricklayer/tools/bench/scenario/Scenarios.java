package bricklayer.tools.bench.scenario;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All scenarios, in the order in which they make sense together. */
public final class Scenarios {

    public static final List<Scenario> ALL = List.of(
            new Smoke(),
            new Phases(),
            new Large(),
            new OneCluster(),
            new Fill(),
            new Steady(),
            new Lists(),
            new NodeLoss(),
            new Restart(),
            new Crash(),
            new Rebuilding());

    /** Those that run only when they are named. */
    private static final List<Scenario> NAMED = List.of(new Growth(), new FillRest());

    private Scenarios() {}

    public static Optional<Scenario> named(String name) {
        return Stream.concat(ALL.stream(), NAMED.stream())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    public static List<String> names() {
        return Stream.concat(ALL.stream(), NAMED.stream()).map(Scenario::name).toList();
    }
}
