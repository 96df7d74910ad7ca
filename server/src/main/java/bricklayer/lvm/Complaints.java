package bricklayer.lvm;

import bricklayer.host.CommandResult.Exited;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What LVM said on standard error, without what it says on healthy nodes. LVM ends with the same status 5 when a thing is not there, when it could not get a lock, when it may not read
 * and when a filter hides the device: only these lines tell which.
 */
final class Complaints {

    private static final List<Pattern> HARMLESS = List.of(
            Pattern.compile("File descriptor \\d+ \\(.*\\) leaked on .* invocation\\. Parent PID \\d+: .*"),
            Pattern.compile("WARNING: Failed to connect to lvmetad\\. Falling back to device scanning\\."),
            Pattern.compile("/dev/\\S+: open failed: No medium found"),
            Pattern.compile("sudo: unable to resolve host .*"));

    private Complaints() {}

    static List<String> of(Exited answer) {
        return answer.err()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && HARMLESS.stream()
                                .noneMatch(known -> known.matcher(line).matches()))
                .toList();
    }
}
