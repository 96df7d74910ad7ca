package bricklayer.http;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which paths there are, by the decoded path. Filled before the server listens, read-only afterwards. */
final class RouteTable {

    /** Whether a request for a route has to pass the gates. */
    enum Access {
        GATED,
        OPEN
    }

    /** What is there for a method and a path. */
    sealed interface Match {

        /** The pattern of the path, for metrics: one of few values whatever clients send. */
        String pattern();

        record Found(String pattern, Access access) implements Match {}

        /** The path is there, for other methods. */
        record WrongMethod(String pattern, SortedSet<String> allowed) implements Match {}

        record Unknown() implements Match {
            @Override
            public String pattern() {
                return "unknown";
            }
        }
    }

    private record Route(String method, String pattern, Pattern regex, Access access) {}

    private static final Pattern WORDS_AND_IDS = Pattern.compile("(/([a-z-]+(\\.[a-z]+)?|\\{[a-z]+}))+");

    private final List<Route> routes = new ArrayList<>();

    void add(String method, String pattern, Access access) {
        if (!WORDS_AND_IDS.matcher(pattern).matches()) {
            throw new IllegalArgumentException("not a path of words and {ids}: " + pattern);
        }
        Pattern regex = Pattern.compile(pattern.replace(".", "\\.").replaceAll("\\{[a-z]+}", "[A-Fa-f0-9]+"));
        for (Route route : routes) {
            if (route.method().equals(method) && route.pattern().equals(pattern)) {
                throw new IllegalArgumentException(method + " " + pattern + " is taken");
            }
        }
        routes.add(new Route(method, pattern, regex, access));
    }

    /** All of them, each as its method, a blank, and its pattern. */
    SortedSet<String> all() {
        SortedSet<String> all = new TreeSet<>();
        routes.forEach(route -> all.add(route.method() + " " + route.pattern()));
        return all;
    }

    Match match(String method, String path) {
        SortedSet<String> allowed = new TreeSet<>();
        String pattern = "";
        for (Route route : routes) {
            if (!route.regex().matcher(path).matches()) {
                continue;
            }
            if (route.method().equals(method)) {
                return new Match.Found(route.pattern(), route.access());
            }
            if (route.access() == Access.GATED) {
                allowed.add(route.method());
                pattern = route.pattern();
            }
        }
        return allowed.isEmpty() ? new Match.Unknown() : new Match.WrongMethod(pattern, allowed);
    }
}
