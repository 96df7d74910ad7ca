package bricklayer.executor.ssh;

/** No command could be given to the host: nothing has changed there. The message names host, port and user and says what to do. */
final class CannotConnect extends Exception {

    CannotConnect(String message) {
        super(message);
    }

    CannotConnect(String message, Throwable cause) {
        super(message, cause);
    }
}
