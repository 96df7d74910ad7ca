package bricklayer.client;

/**
 * Looks on while a call waits for the end of its operation, on the thread of the call. What it throws ends the wait, not the operation.
 */
public interface OperationWatcher {

    /** Looks at nothing. */
    OperationWatcher NONE = new OperationWatcher() {};

    /** The server has taken the request on. */
    default void accepted(String operation) {}

    /** The operation is under way; called again and again, before each pause. */
    default void waiting(String operation) {}

    /** The operation has ended, or is waited for no longer. */
    default void ended(String operation) {}
}
