package bricklayer.host;

/**
 * Carries commands to hosts. Implemented by {@code executor.ssh}, {@code executor.simulated} and later {@code executor.kube}. Thread-safe; calls
 * block, and are bounded by the command's deadline plus the time to connect.
 */
public interface Executor extends AutoCloseable {

    /** Runs a command that only asks. */
    CommandResult ask(HostName host, Command command);

    /** Runs a command that changes the host, visibly marked with {@code guard} while it runs. */
    CommandResult change(HostName host, Guard guard, Command command);

    /**
     * Waits until nothing that was started under {@code guard} runs on the host any more; at most as long as the longest deadline such a
     * command can have.
     *
     * @return {@link CommandResult.Exited} with status 0 when nothing runs; otherwise why that is not known
     */
    CommandResult settle(HostName host, Guard guard);

    @Override
    void close();
}
