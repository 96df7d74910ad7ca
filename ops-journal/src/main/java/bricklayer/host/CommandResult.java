package bricklayer.host;

/** What is known after a command was given to a host. */
public sealed interface CommandResult {

    /** The command ended. Output may have been cut at the executor's limit; then {@code truncated} is true and a parser must not trust it. */
    record Exited(int status, String out, String err, boolean truncated) implements CommandResult {
        public Exited(int status, String out, String err) {
            this(status, out, err, false);
        }
    }

    /** The command did not start, for certain: no connection, refused login, unknown host key. Nothing on the host has changed. */
    record NotSent(String why) implements CommandResult {}

    /** The command may have run, may be running, may never run: deadline passed or connection lost. Only looking at the host tells. */
    record Unknown(String why) implements CommandResult {}
}
