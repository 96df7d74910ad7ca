package bricklayer.host;

import java.util.regex.Pattern;

/**
 * A mark on the commands of one lane of one operation, visible on the host while such a command runs there. By it a later process finds out
 * whether something that an earlier one (or a lost connection) left behind is still running: observing before that has ended would be
 * a race.
 *
 * @param value letters, digits, dots, underscores and dashes; unique to the lane
 */
public record Guard(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,120}");

    public Guard {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a guard: " + value);
        }
    }
}
