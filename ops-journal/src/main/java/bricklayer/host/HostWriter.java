package bricklayer.host;

import java.util.List;
import java.util.Optional;

/** Changes hosts. Held by the operation runner only: what is not journaled cannot change a host. */
public interface HostWriter extends HostReader {

    /**
     * Runs one command to its end.
     *
     * @throws HostFailure when the command did not end with status 0
     */
    void run(HostName host, Guard guard, Command command);

    /**
     * Runs commands one after the other, up to the first that does not end with status 0. When it is not known how one ended, those behind it may run as well.
     *
     * @param commands not empty
     */
    InTurn runInTurn(HostName host, Guard guard, List<Command> commands);

    /**
     * How far commands came.
     *
     * @param succeeded how many, from the first on
     * @param failure why the one behind these did not; empty when all did
     */
    record InTurn(int succeeded, Optional<HostFailure> failure) {}

    /**
     * Returns when nothing started under {@code guard} runs on the host any more.
     *
     * @throws HostFailure when that cannot be found out now
     */
    void settle(HostName host, Guard guard);
}
