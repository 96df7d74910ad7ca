package bricklayer.tools.bench.scenario;

import java.util.List;
import java.util.Optional;

/** All scenarios, in the order in which they make sense together. */
public final class Scenarios {

    public static final List<Scenario> ALL = List.of(new Smoke());

    private Scenarios() {}

    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    public static List<String> names() {
        return ALL.stream().map(Scenario::name).toList();
    }
}
