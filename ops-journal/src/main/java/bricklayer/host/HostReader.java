package bricklayer.host;

import java.util.List;

/** Asks hosts. Cannot change them: everything outside a running operation holds this type. */
public interface HostReader {

    /**
     * Asks, and reads the answer.
     *
     * @throws HostFailure when the host could not be asked or its answer cannot be read
     */
    <T> T query(HostName host, Query<T> query);

    /**
     * Asks one host after the other until one can tell. For what each of them knows.
     *
     * @param candidates not empty
     * @throws HostFailure the first host's, with the others' suppressed in it, when none can
     */
    default <T> T queryFirst(List<HostName> candidates, Query<T> query) {
        HostFailure first = null;
        for (HostName host : candidates) {
            try {
                return query(host, query);
            } catch (HostFailure e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first == null) {
            throw new IllegalArgumentException("no host to ask");
        }
        throw first;
    }
}
