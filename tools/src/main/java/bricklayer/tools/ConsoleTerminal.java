package bricklayer.tools;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The terminal that the process was started in, if it was started in one. */
final class ConsoleTerminal implements Terminal {

    private static final int LEAST_WIDTH = 40;
    private static final int MOST_WIDTH = 2_000;
    private static final long PATIENCE_MILLIS = 500;

    private final @Nullable Console console;
    private final Map<String, String> environment;

    @SuppressWarnings("SystemConsoleNull") // the console in java.base, which JDK 25 is back to, can be absent
    ConsoleTerminal(Map<String, String> environment) {
        Console found = System.console();
        this.console = found != null && found.isTerminal() ? found : null;
        this.environment = environment;
    }

    @Override
    public boolean watched() {
        return console != null;
    }

    /** The JDK does not tell; shells set COLUMNS but seldom export it, and stty is wherever there are terminals. */
    @Override
    public OptionalInt width() {
        if (console == null) {
            return OptionalInt.empty();
        }
        String said = environment.getOrDefault("COLUMNS", "");
        return said.matches("[0-9]{1,5}") ? bounded(Integer.parseInt(said)) : asked();
    }

    private static OptionalInt asked() {
        String size = stty("size").orElse("");
        return size.matches("[0-9]+ [0-9]{1,5}")
                ? bounded(Integer.parseInt(size.substring(size.indexOf(' ') + 1)))
                : OptionalInt.empty();
    }

    /** What stty says; empty where it is missing, fails or takes too long. */
    static Optional<String> stty(String... arguments) {
        Process process = null;
        try {
            process = new ProcessBuilder(Stream.concat(Stream.of("stty"), Arrays.stream(arguments))
                            .toList())
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                return Optional.empty();
            }
            return Optional.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    /** A terminal that says 0 does not know. */
    private static OptionalInt bounded(int width) {
        return width == 0 ? OptionalInt.empty() : OptionalInt.of(Math.clamp(width, LEAST_WIDTH, MOST_WIDTH));
    }

    @Override
    public Optional<String> ask(String prompt) {
        if (console == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(console.readPassword("%s", prompt)).map(String::new);
    }

    @Override
    public Optional<Keys> keys() {
        return console == null ? Optional.empty() : ConsoleKeys.taken().map(Function.identity());
    }

    @Override
    public Optional<String> line() {
        try {
            return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read standard input", e);
        }
    }
}
