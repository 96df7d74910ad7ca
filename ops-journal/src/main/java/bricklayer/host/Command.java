package bricklayer.host;

import java.time.Duration;
import java.util.List;

/**
 * A program and its arguments, and how long it may take. Arguments reach the program as they are: whoever transports a command
 * quotes it, once; nothing in an argument is ever read by a shell.
 *
 * @param argv the program first; not empty
 * @param deadline enforced on the far side as well, so that nothing runs for ever after a lost connection
 * @param secret a regular expression for what in the output nobody may see who is told how the command failed; empty when there is nothing to hide
 */
public record Command(List<String> argv, Duration deadline, String secret) {

    private static final String MASK = "******";

    public Command {
        argv = List.copyOf(argv);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline of " + argv + " is " + deadline);
        }
    }

    /** A command whose output everybody may see. */
    public Command(List<String> argv, Duration deadline) {
        this(argv, deadline, "");
    }

    public Command hiding(String pattern) {
        return new Command(argv, deadline, pattern);
    }

    /** The output as it may be shown. */
    String shown(String output) {
        return secret.isEmpty() ? output : output.replaceAll(secret, MASK);
    }

    public static Command of(Duration deadline, String... argv) {
        return new Command(List.of(argv), deadline);
    }

    /** For people: arguments with unusual characters are shown in single quotes. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String argument : argv) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(plain(argument) ? argument : "'" + argument.replace("'", "'\\''") + "'");
        }
        return text.toString();
    }

    private static boolean plain(String argument) {
        return !argument.isEmpty()
                && argument.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-_./:=,+@%".indexOf(c) >= 0);
    }
}
