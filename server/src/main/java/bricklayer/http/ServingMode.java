package bricklayer.http;

import bricklayer.config.ServerConfig.AdminMode;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which requests are served now. It begins as the configuration says, is changed at run time, and is not stored. While the records take no changes it is {@code
 * read-only}, whatever was asked for. Thread-safe.
 */
public final class ServingMode {

    private static final Logger LOG = LoggerFactory.getLogger(ServingMode.class);

    private final Supplier<Optional<String>> recordsReadOnly;
    private volatile AdminMode asked;

    /**
     * @param recordsReadOnly why the records take no changes, asked for each request; empty while they do
     */
    public ServingMode(AdminMode first, Supplier<Optional<String>> recordsReadOnly) {
        this.asked = first;
        this.recordsReadOnly = recordsReadOnly;
    }

    public AdminMode now() {
        return recordsReadOnly.get().isPresent() ? AdminMode.READ_ONLY : asked;
    }

    /** Why no mode lets changes through; empty when the mode decides. */
    public Optional<String> recordsReadOnly() {
        return recordsReadOnly.get();
    }

    /** For all requests that come from now on; those that were let in go on. */
    public void set(AdminMode wanted) {
        AdminMode before = asked;
        asked = wanted;
        LOG.info("admin mode was {} and is {} now", before.wire(), wanted.wire());
        recordsReadOnly.get().ifPresent(why -> LOG.warn("changes are refused all the same: {}", why));
    }
}
