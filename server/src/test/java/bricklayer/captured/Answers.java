package bricklayer.captured;

import bricklayer.host.CommandResult.Exited;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/** The answers in a test's folder {@code answers}, one a file: {@code $ command}, {@code status n}, then both outputs behind lines that name them. */
public final class Answers {

    private static final Pattern FORM = Pattern.compile(
            "\\$ [^\\n]+\\nstatus (?<status>\\d+)\\n--- stdout\\n(?<out>.*)--- stderr\\n(?<err>.*)", Pattern.DOTALL);

    private final Class<?> test;

    public Answers(Class<?> test) {
        this.test = test;
    }

    public Exited read(String name) {
        var form = FORM.matcher(text(test, "answers/" + name + ".txt"));
        if (!form.matches()) {
            throw new IllegalArgumentException(name + " is no captured answer");
        }
        return new Exited(Integer.parseInt(form.group("status")), form.group("out"), form.group("err"));
    }

    static String text(Class<?> test, String file) {
        try (InputStream in = Objects.requireNonNull(test.getResourceAsStream(file), file + " is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}
