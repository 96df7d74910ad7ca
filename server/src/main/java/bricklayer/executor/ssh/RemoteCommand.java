package bricklayer.executor.ssh;

import bricklayer.host.Command;
import bricklayer.host.Guard;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The text that sshd hands to the login shell. Pure.
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
record RemoteCommand(byte[] text, Duration deadline, Duration waitFor) {

    /** Between the polite and the final signal of timeout(1). */
    static final Duration KILL_AFTER = Duration.ofSeconds(5);

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

    static RemoteCommand ask(Command command, boolean sudo) {
        return of(timed(command, sudo), command.deadline());
    }

    static RemoteCommand change(Guard guard, Command command, boolean sudo) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", STAY_PARENT, mark(guard)));
        argv.addAll(timed(command, sudo));
        return of(argv, command.deadline());
    }

    static RemoteCommand settle(Guard guard, Duration atMost) {
        Command wait = Command.of(atMost, "sh", "-c", AWAIT_NONE, "settle", guard.value());
        // as the login user: the guarded shells run as that user
        return ask(wait, false);
    }

    /** The colon is not a letter of guards: without it the guard {@code a} would be found in {@code ab}. */
    private static String mark(Guard guard) {
        return "bricklayer-" + guard.value() + ":";
    }

    private static List<String> timed(Command command, boolean sudo) {
        List<String> argv = new ArrayList<>();
        if (sudo) {
            argv.addAll(List.of("sudo", "-n", "env", "LC_ALL=C"));
        }
        argv.addAll(List.of("timeout", "-k", seconds(KILL_AFTER), seconds(command.deadline())));
        argv.addAll(command.argv());
        return argv;
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
    static String quoted(String argument) {
        if (argument.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an argument with a NUL character cannot be passed to a program");
        }
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
