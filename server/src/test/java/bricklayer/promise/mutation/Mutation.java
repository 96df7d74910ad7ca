package bricklayer.promise.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One deliberate breakage of the product, kept as a file in {@code mutations}: what is broken, in which class, which test must notice, and what of the source is replaced by what.
 *
 * @param name of the file
 * @param title what is broken, for people
 * @param module and source folder are where the class lies
 * @param caughtBy a test as {@link bricklayer.promise.Probe} names it
 */
record Mutation(String name, String title, String module, String className, String caughtBy, String from, String to) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "mutations");
    private static final String FROM = "---- is\n";
    private static final String TO = "---- becomes\n";

    /** All there are, in the order of their names. */
    static List<Mutation> all() throws IOException {
        List<Mutation> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                all.add(read(file));
            }
        }
        return all;
    }

    private static Mutation read(Path file) throws IOException {
        String text = Files.readString(file);
        int from = text.indexOf(FROM);
        int to = text.indexOf(TO);
        List<String> head = text.substring(0, Math.max(0, from)).lines().toList();
        if (from < 0 || to < from || head.size() != 3) {
            throw new IllegalArgumentException(file + ": expected the title, `in MODULE CLASS`, `caught by TEST`, "
                    + FROM.strip() + " and " + TO.strip());
        }
        String[] where = after("in ", head.get(1), file).split(" ", 2);
        return new Mutation(
                file.getFileName().toString(),
                head.get(0),
                where[0],
                where[1],
                after("caught by ", head.get(2), file),
                text.substring(from + FROM.length(), to).strip(),
                text.substring(to + TO.length()).strip());
    }

    private static String after(String prefix, String line, Path file) {
        if (!line.startsWith(prefix)) {
            throw new IllegalArgumentException(file + ": `" + line + "` should begin with `" + prefix + "`");
        }
        return line.substring(prefix.length());
    }

    Path source() {
        return Path.of("..", module, "src", "main", "java").resolve(className.replace('.', '/') + ".java");
    }

    /**
     * The broken source.
     *
     * @throws AssertionError when the source is not any more as the mutation knows it
     */
    String applied() throws IOException {
        String source = Files.readString(source());
        int at = source.indexOf(from);
        if (at < 0 || source.indexOf(from, at + 1) >= 0) {
            throw new AssertionError(name + ": what it replaces is " + (at < 0 ? "not" : "more than once") + " in "
                    + source() + ". Write it again for the code as it is now:\n" + from);
        }
        return source.substring(0, at) + to + source.substring(at + from.length());
    }

    @Override
    public String toString() {
        return title;
    }
}
