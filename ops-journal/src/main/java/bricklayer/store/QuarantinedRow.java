package bricklayer.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored row that this version cannot read, kept byte for byte.
 *
 * @param written when it was put there; empty when that is no longer in the log that was read at the start
 */
public record QuarantinedRow(
        String table, String key, int version, String text, String reason, Optional<Instant> written) {}
