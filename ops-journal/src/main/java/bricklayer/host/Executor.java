package bricklayer.host;

import java.util.ArrayList;
import java.util.List;

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
     * Runs commands one after the other, each as {@link #change} would, up to the first that does not end with status 0. They may travel as one; then, when the answer is lost, those behind may
     * still run under the guard. None runs longer than the longest deadline among them.
     *
     * @param commands not empty
     * @return what came of each that is known to have begun, in order: all but the last ended with status 0
     */
    default List<CommandResult> changeInTurn(HostName host, Guard guard, List<Command> commands) {
        List<CommandResult> results = new ArrayList<>();
        for (Command command : commands) {
            CommandResult result = change(host, guard, command);
            results.add(result);
            if (!(result instanceof CommandResult.Exited exited) || exited.status() != 0) {
                break;
            }
        }
        return results;
    }

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
