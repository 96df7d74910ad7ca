package bricklayer.host;

/** Asks hosts. Cannot change them: everything outside a running operation holds this type. */
public interface HostReader {

    /**
     * Asks, and reads the answer.
     *
     * @throws HostFailure when the host could not be asked or its answer cannot be read
     */
    <T> T query(HostName host, Query<T> query);
}
