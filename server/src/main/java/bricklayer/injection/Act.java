package bricklayer.injection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a rule does. */
enum Act {
    /** A command is not run and answered as failed; at a point, an exception. */
    ERROR(true, true),
    /** A command is not run and answered as the rule says. */
    ANSWER(false, true),
    /** Late, and otherwise as always. */
    DELAY(true, true),
    /** A command is not run, and nobody knows. */
    HANG(false, true),
    /** A command is run, and nobody knows. */
    LOST_REPLY(false, true),
    /** A command is run, and what it wrote is replaced by noise. */
    GARBAGE(false, true),
    /** A command is run, and what it wrote is cut, visibly so. */
    TRUNCATED(false, true),
    /** A command is not run, for certain. */
    UNREACHABLE(false, false),
    /** The process ends at once. */
    CRASH(true, true);

    /** Whether it can be done at a fault point. */
    final boolean atPoints;

    /** Whether it can be done when the command has run. */
    final boolean afterwards;

    Act(boolean atPoints, boolean afterwards) {
        this.atPoints = atPoints;
        this.afterwards = afterwards;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Act> named(String word) {
        return Arrays.stream(values()).filter(act -> act.wire().equals(word)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Act::wire).collect(Collectors.joining(", "));
    }
}
