package bricklayer.host;

/** Changes hosts. Held by the operation runner only: what is not journaled cannot change a host. */
public interface HostWriter extends HostReader {

    /**
     * Runs one command to its end.
     *
     * @throws HostFailure when the command did not end with status 0
     */
    void run(HostName host, Guard guard, Command command);

    /**
     * Returns when nothing started under {@code guard} runs on the host any more.
     *
     * @throws HostFailure when that cannot be found out now
     */
    void settle(HostName host, Guard guard);
}
