package bricklayer.executor.remote;

import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.Guard;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The text that a shell on the node is handed, by sshd or by a container runtime. Pure.
 *
 * <pre>
 * ask      LC_ALL=C exec 'timeout' '-k' '5' '30' 'lvs' ... &lt;/dev/null
 * change   LC_ALL=C exec 'sh' '-c' 'trap : HUP INT PIPE TERM; "$@"; exit $?' 'bricklayer-GUARD:' 'timeout' '-k' '5' '30' 'lvcreate' ... &lt;/dev/null
 * sudo     each 'timeout' becomes 'sudo' '-n' 'env' 'LC_ALL=C' 'timeout'
 * </pre>
 *
 * {@code timeout} stands inside of sudo because an ordinary user may not signal a process of root. Standard input is empty because LVM and
 * gluster ask questions on it.
 *
 * @param waitFor the time after which an answer is not to be expected any more
 */
@SuppressWarnings("ArrayRecordComponent") // made, sent and dropped; never compared
public record RemoteCommand(byte[] text, Duration deadline, Duration waitFor) {

    /** What stands before a program. */
    public enum Prefix {
        /** Its deadline. */
        DEADLINE,
        /** Its deadline, as root by {@code sudo -n}. */
        SUDO_DEADLINE,
        /** Nothing, for nodes without timeout(1): then what hangs is not ended. */
        NONE
    }

    /** Of timeout(1): ended by the first signal, and by the second. A command with one of these as its own status is unknown, too. */
    private static final Set<Integer> DEADLINE_STATUS = Set.of(124, 137);

    /** Between the polite and the final signal of timeout(1). */
    private static final Duration KILL_AFTER = Duration.ofSeconds(5);

    /** For the answer to travel when the far side has kept its deadline; a storage node under load takes its time to start a process. */
    private static final Duration ANSWER_AFTER = Duration.ofSeconds(10);

    /** Linux refuses a longer argument, and the login shell gets all of it as one. */
    private static final int LENGTH_MAX = 128 * 1024 - 1;

    /**
     * Parent of the changed command for as long as that runs. The traps keep it alive when the connection goes; being set (not ignored), they are
     * back at their defaults in the command. The last {@code exit} keeps shells from replacing themselves by the command.
     */
    private static final String STAY_PARENT = "trap : HUP INT PIPE TERM; \"$@\"; exit $?";

    /**
     * Ends with 0 as soon as no command line holds the mark. The mark is put together here, and reaches grep by a pipe, so that this
     * command's own processes do not hold it. Status 2 of grep also means that a process went away while being read; that /proc can be
     * read at all is asked first.
     */
    private static final String AWAIT_NONE = """
            [ -r /proc/self/cmdline ] || { echo '/proc cannot be read' >&2; exit 3; }
            while :; do
              printf '%s%s:\\n' bricklayer- "$1" | grep -qsF -f - /proc/[0-9]*/cmdline
              case $? in
                0) sleep 0.2 || exit 3 ;;
                1 | 2) exit 0 ;;
                *) exit 3 ;;
              esac
            done""";

    public static RemoteCommand ask(Command command, Prefix prefix) {
        return of(timed(command, prefix), command.deadline());
    }

    public static RemoteCommand change(Guard guard, Command command, Prefix prefix) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", STAY_PARENT, mark(guard)));
        argv.addAll(timed(command, prefix));
        return of(argv, command.deadline());
    }

    public static RemoteCommand settle(Guard guard, Duration atMost, Prefix prefix) {
        Command wait = Command.of(atMost, "sh", "-c", AWAIT_NONE, "settle", guard.value());
        // as the login user: the guarded shells run as that user
        return ask(wait, prefix == Prefix.SUDO_DEADLINE ? Prefix.DEADLINE : prefix);
    }

    /** The colon is not a letter of guards: without it the guard {@code a} would be found in {@code ab}. */
    private static String mark(Guard guard) {
        return "bricklayer-" + guard.value() + ":";
    }

    private static List<String> timed(Command command, Prefix prefix) {
        List<String> argv = new ArrayList<>();
        if (prefix == Prefix.SUDO_DEADLINE) {
            argv.addAll(List.of("sudo", "-n", "env", "LC_ALL=C"));
        }
        if (prefix != Prefix.NONE) {
            argv.addAll(List.of("timeout", "-k", seconds(KILL_AFTER), seconds(command.deadline())));
        }
        argv.addAll(command.argv());
        return argv;
    }

    /** What it means that the command ended so. */
    public CommandResult ended(int status, CappedOutput out, CappedOutput err) {
        if (DEADLINE_STATUS.contains(status)) {
            return new CommandResult.Unknown(
                    "its deadline of " + shown(deadline) + " passed and the host ended it (status " + status + ")");
        }
        return new CommandResult.Exited(status, out.text(), err.text(), out.truncated() || err.truncated());
    }

    /** No answer came in time. */
    public CommandResult unanswered() {
        return new CommandResult.Unknown(
                "no answer " + waitFor.toSeconds() + " s after it was sent, with a deadline of " + shown(deadline));
    }

    private static String shown(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static RemoteCommand of(List<String> argv, Duration deadline) {
        StringBuilder text = new StringBuilder("LC_ALL=C exec");
        for (String argument : argv) {
            text.append(' ').append(quoted(argument));
        }
        byte[] bytes = text.append(" </dev/null").toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LENGTH_MAX) {
            throw new IllegalArgumentException("the command " + argv.getFirst() + " ... takes " + bytes.length
                    + " bytes, and a host takes at most " + LENGTH_MAX);
        }
        return new RemoteCommand(bytes, deadline, deadline.plus(KILL_AFTER).plus(ANSWER_AFTER));
    }

    /** Inside single quotes a POSIX shell leaves every byte alone, except the single quote itself. */
    public static String quoted(String argument) {
        if (argument.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an argument with a NUL character cannot be passed to a program");
        }
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
