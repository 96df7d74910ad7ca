package bricklayer.tools.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with places that are filled from a {@link Tree}.
 *
 * <pre>
 * {.name}                       a member; {.} is the whole, what is not there is empty
 * {.bricks[0].path}             one of a list, from 0
 * {.bricks[*].path}             of all of a list, with blanks between
 * {range .nodes[*]}..{end}      once for each; places inside begin at it
 * \n \t \\ \{                   newline, tab, backslash, brace
 * </pre>
 */
public final class Template {

    private static final Pattern PATH = Pattern.compile("(?:\\.([A-Za-z0-9_-]+)|\\[(\\d{1,9}|\\*)])");
    private static final String RANGE = "range ";

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Place(List<String> path) implements Part {}

    private record Loop(List<String> path, List<Part> body) implements Part {}

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException with what is wrong, and where
     */
    public static Template parse(String text) {
        Parser parser = new Parser(text);
        List<Part> parts = parser.parts(false);
        return new Template(parts);
    }

    public String fill(Object tree) {
        StringBuilder out = new StringBuilder();
        fill(parts, tree, out);
        return out.toString();
    }

    private static void fill(List<Part> parts, @Nullable Object here, StringBuilder out) {
        for (Part part : parts) {
            switch (part) {
                case Literal literal -> out.append(literal.text());
                case Place place ->
                    out.append(String.join(
                            " ",
                            found(here, place.path()).stream().map(Tree::text).toList()));
                case Loop loop -> {
                    for (Object item : found(here, loop.path())) {
                        fill(loop.body(), item, out);
                    }
                }
            }
        }
    }

    private static List<Object> found(@Nullable Object here, List<String> path) {
        List<Object> now = here == null ? List.of() : List.of(here);
        for (String step : path) {
            List<Object> next = new ArrayList<>();
            for (Object value : now) {
                step(value, step, next);
            }
            now = next;
        }
        return now;
    }

    private static void step(Object value, String step, List<Object> next) {
        if (step.equals("*")) {
            if (value instanceof List<?> list) {
                next.addAll(list);
            } else if (value instanceof Map<?, ?> map) {
                next.addAll(map.values());
            }
        } else if (value instanceof List<?> list) {
            if (step.matches("\\d{1,9}") && Integer.parseInt(step) < list.size()) {
                next.add(list.get(Integer.parseInt(step)));
            }
        } else if (value instanceof Map<?, ?> map && map.get(step) != null) {
            next.add(map.get(step));
        }
    }

    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        List<Part> parts(boolean inside) {
            List<Part> parts = new ArrayList<>();
            StringBuilder literal = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '\\') {
                    literal.append(escaped());
                } else if (c != '{') {
                    literal.append(c);
                    at++;
                } else {
                    parts.add(new Literal(literal.toString()));
                    literal.setLength(0);
                    int begun = at;
                    String place = place();
                    if (place.equals("end")) {
                        if (!inside) {
                            throw wrong("{end} without {range ...}", begun);
                        }
                        return parts;
                    }
                    parts.add(
                            place.startsWith(RANGE)
                                    ? new Loop(
                                            path(place.substring(RANGE.length()).strip(), begun), parts(true))
                                    : new Place(path(place, begun)));
                }
            }
            if (inside) {
                throw wrong("{range ...} without {end}", text.length());
            }
            parts.add(new Literal(literal.toString()));
            return parts;
        }

        private char escaped() {
            if (at + 1 == text.length()) {
                throw wrong("nothing behind the backslash", at);
            }
            char c = text.charAt(at + 1);
            at += 2;
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case '\\', '{', '}' -> c;
                default -> throw wrong("\\" + c + " is not one of \\n \\t \\\\ \\{ \\}", at - 2);
            };
        }

        private String place() {
            int end = text.indexOf('}', at);
            if (end < 0) {
                throw wrong("{ without }", at);
            }
            String place = text.substring(at + 1, end).strip();
            at = end + 1;
            return place;
        }

        private List<String> path(String path, int begun) {
            List<String> steps = new ArrayList<>();
            if (path.equals(".")) {
                return steps;
            }
            Matcher matcher = PATH.matcher(path);
            int from = 0;
            while (from < path.length()) {
                if (!matcher.find(from) || matcher.start() != from) {
                    throw wrong("{" + path + "} is no path such as {.name}, {.bricks[*].path} or {.}", begun);
                }
                steps.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                from = matcher.end();
            }
            if (steps.isEmpty()) {
                throw wrong("{} says nothing; {.} is the whole answer", begun);
            }
            return steps;
        }

        private IllegalArgumentException wrong(String what, int where) {
            return new IllegalArgumentException("in the template, at character " + (where + 1) + ": " + what);
        }
    }
}
