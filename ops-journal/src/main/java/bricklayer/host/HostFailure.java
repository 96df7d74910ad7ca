package bricklayer.host;

/**
 * A command on a host did not do what it was for. The message names host, command, exit status and the first lines of stderr. What state the host
 * is in is told by {@link #result}: unchanged after {@link CommandResult.NotSent}, otherwise to be observed.
 */
public class HostFailure extends RuntimeException {

    private static final int SHOWN_STDERR_MAX = 2_000;

    private final HostName host;
    private final transient Command command;
    private final transient CommandResult result;

    public HostFailure(HostName host, Command command, CommandResult result) {
        this(host, command, result, null);
    }

    public HostFailure(
            HostName host, Command command, CommandResult result, @org.jspecify.annotations.Nullable Throwable cause) {
        super(
                describe(host, command, shown(command, result)) + (cause == null ? "" : ": " + cause.getMessage()),
                cause);
        this.host = host;
        this.command = command;
        this.result = shown(command, result);
    }

    /** Failures are logged, stored and answered, so they never hold what the command hides. */
    private static CommandResult shown(Command command, CommandResult result) {
        return result instanceof CommandResult.Exited exited
                ? new CommandResult.Exited(
                        exited.status(), command.shown(exited.out()), command.shown(exited.err()), exited.truncated())
                : result;
    }

    public HostName host() {
        return host;
    }

    public Command command() {
        return command;
    }

    public CommandResult result() {
        return result;
    }

    private static String describe(HostName host, Command command, CommandResult result) {
        String what = "on node " + host + ", `" + command + "` ";
        return switch (result) {
            case CommandResult.Exited exited -> what + "ended with status " + exited.status() + said(exited);
            case CommandResult.NotSent notSent -> what + "could not be sent: " + notSent.why();
            case CommandResult.Unknown unknown -> what + "gave no answer, its outcome is unknown: " + unknown.why();
        };
    }

    private static String said(CommandResult.Exited exited) {
        // gluster says some of its errors on standard output
        String text = (exited.err().isBlank() ? exited.out() : exited.err()).strip();
        return text.isEmpty()
                ? " and said nothing"
                : ": " + text.substring(0, Math.min(text.length(), SHOWN_STDERR_MAX));
    }
}
