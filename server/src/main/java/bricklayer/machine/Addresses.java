package bricklayer.machine;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where names lead, as a machine sees it, and which addresses are its own. Renders the questions and reads the answers. */
public final class Addresses {

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final int NOT_FOUND = 2;
    private static final Pattern RESOLVED = Pattern.compile("(\\S+)\\s+(STREAM|DGRAM|RAW|SEQPACKET)\\b.*");
    private static final Pattern OWN = Pattern.compile("\\d+:\\s+\\S+\\s+inet6?\\s+([^\\s/]+).*");

    private Addresses() {}

    /** What a name leads to on that machine; empty when it leads nowhere. */
    public static Query<Set<String>> of(String name) {
        return new Query<>(
                Command.of(DEADLINE, "getent", "ahosts", name),
                answer -> answer.status() == NOT_FOUND && answer.out().isEmpty() ? Set.of() : read(answer, RESOLVED));
    }

    /** All that the machine itself has, but for those that lead from each machine to itself. */
    public static Query<Set<String>> own() {
        return new Query<>(
                Command.of(DEADLINE, "ip", "-o", "addr", "show"),
                answer -> read(answer, OWN).stream()
                        .filter(address -> !isLoopback(address))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1");
    }

    private static Set<String> read(Exited answer, Pattern line) {
        if (answer.status() != 0) {
            throw new UnreadableAnswer("asking for addresses ended with status " + answer.status() + ": "
                    + answer.err().strip());
        }
        return answer.out()
                .lines()
                .map(text -> {
                    Matcher match = line.matcher(text);
                    if (!match.matches()) {
                        throw new UnreadableAnswer("no line about an address: " + text);
                    }
                    return match.group(1);
                })
                .collect(Collectors.toUnmodifiableSet());
    }
}
