package bricklayer.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transcript of the command line: what was typed, and what has to come.
 *
 * <pre>
 * # what is said to the reader
 * $ heketi-cli volume info ${volume} --json
 * {"size":1,"name":"v",...}\
 * ! Error: a line on standard error
 * = 255
 * </pre>
 *
 * <p>{@code $? } begins a command that is given until it answers so. One that ends with {@code &} goes on beside the others; what it printed is looked at in the end.
 * {@code ${name}} is what is known by that name, or becomes known. {@code ${*}} is anything
 * on the line, {@code ${**}} anything on any number of lines. {@code \s} is a blank that no editor takes away, {@code \t} a tab; a line that ends with a backslash has no newline. The exit status is 0 if none is given.
 *
 * @param program under which name, the first word
 */
record Golden(
        String where,
        String program,
        List<String> arguments,
        boolean until,
        boolean beside,
        String out,
        String err,
        int status) {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern COMMAND = Pattern.compile("\\$\\??\\s+(.*?)( &)?");
    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-zA-Z0-9]+|\\*+)}");

    static List<Golden> parse(String file, String text) {
        List<Golden> transcript = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int at = 0;
        while (at < lines.size()) {
            Matcher command = COMMAND.matcher(lines.get(at));
            if (!command.matches()) {
                if (!lines.get(at).isBlank() && !lines.get(at).startsWith("#")) {
                    throw new AssertionError(file + ":" + (at + 1) + ": neither a command nor a comment");
                }
                at++;
                continue;
            }
            int start = at;
            List<String> words = words(command.group(1));
            at++;
            StringBuilder out = new StringBuilder();
            StringBuilder err = new StringBuilder();
            int status = 0;
            for (; at < lines.size() && !lines.get(at).matches("(\\$\\??|#) .*"); at++) {
                String line = lines.get(at);
                if (line.startsWith("! ")) {
                    err.append(line.substring(2)).append('\n');
                } else if (line.startsWith("= ")) {
                    status = Integer.parseInt(line.substring(2));
                } else {
                    out.append(line.replace("\\s", " ").replace("\\t", "\t")).append('\n');
                }
            }
            transcript.add(new Golden(
                    file + ":" + (start + 1),
                    words.getFirst(),
                    words.subList(1, words.size()),
                    command.group().startsWith("$?"),
                    command.group(2) != null,
                    out.toString().replace("\\\n", ""),
                    err.toString(),
                    status));
        }
        return transcript;
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word ->
                        word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group())
                .toList();
    }

    String line() {
        return program + " " + String.join(" ", arguments);
    }

    /** With what is known; places for what is not are left. */
    List<String> arguments(Map<String, String> known) {
        return arguments.stream().map(word -> filled(word, known)).toList();
    }

    private static String filled(String text, Map<String, String> known) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(known.getOrDefault(place.group(1), place.group())));
    }

    /** What becomes known by it is added; a message if it is something else. */
    String mismatch(String expected, String seen, Map<String, String> known) {
        StringBuilder regex = new StringBuilder();
        List<String> names = new ArrayList<>();
        Matcher place = PLACE.matcher(expected);
        int from = 0;
        while (place.find()) {
            String name = place.group(1);
            regex.append(Pattern.quote(expected.substring(from, place.start())));
            if (name.startsWith("*")) {
                regex.append(name.equals("*") ? ".*?" : "(?s:.*?)");
            } else if (known.containsKey(name)) {
                regex.append(Pattern.quote(known.get(name)));
            } else if (names.contains(name)) {
                regex.append("\\").append(names.indexOf(name) + 1).append("(?:)");
            } else {
                names.add(name);
                regex.append("([^\\s\"/,}\\]]+)");
            }
            from = place.end();
        }
        regex.append(Pattern.quote(expected.substring(from)));
        Matcher whole = Pattern.compile(regex.toString()).matcher(seen);
        if (!whole.matches()) {
            return where + ": " + line() + "\nexpected:\n" + expected + "\nseen:\n" + seen + "\nknown: " + known;
        }
        for (int i = 0; i < names.size(); i++) {
            known.put(names.get(i), whole.group(i + 1));
        }
        return "";
    }
}
