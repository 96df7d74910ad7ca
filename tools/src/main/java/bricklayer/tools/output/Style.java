package bricklayer.tools.output;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Colours, where they are wanted.
 *
 * @param colour whether escapes of terminals are written at all
 */
public record Style(boolean colour) {

    public static final Style PLAIN = new Style(false);

    private static final Set<String> GOOD = Set.of("online", "done", "ok", "up", "yes");
    private static final Set<String> DOUBTFUL =
            Set.of("offline", "stale", "degraded", "warning", "undone", "undoing", "unknown");
    private static final Set<String> BAD =
            Set.of("failed", "removed", "abandoned", "read-only", "error", "down", "damaged");

    /** When to colour. */
    public enum When {
        AUTO,
        ALWAYS,
        NEVER
    }

    /**
     * What to do where it is said like this.
     *
     * @param noColour the variable {@code NO_COLOR}, see no-color.org
     * @param terminalKind the variable {@code TERM}
     */
    public static Style of(When when, boolean watched, Optional<String> noColour, Optional<String> terminalKind) {
        return switch (when) {
            case ALWAYS -> new Style(true);
            case NEVER -> PLAIN;
            case AUTO -> new Style(watched && noColour.isEmpty() && !terminalKind.equals(Optional.of("dumb")));
        };
    }

    String heading(String text) {
        return painted("1", text);
    }

    /** Painted by what it says; {@code shown} is the same with blanks around it. */
    String state(String state, String shown) {
        String word = state.toLowerCase(Locale.ROOT);
        if (GOOD.contains(word)) {
            return painted("32", shown);
        }
        if (DOUBTFUL.contains(word)) {
            return painted("33", shown);
        }
        return BAD.contains(word) ? painted("31", shown) : shown;
    }

    private String painted(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
