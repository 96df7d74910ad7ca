package bricklayer.store.image;

import bricklayer.store.QuarantinedRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored row that could not be decoded, with its bytes as they were found.
 *
 * @param written when it was put there; empty when it comes from a checkpoint
 */
public record UnreadRow(StoredRow stored, String reason, Optional<Instant> written) {

    /** What a person is shown. Bytes that are not UTF-8 show as replacement characters; what is kept are the bytes. */
    public QuarantinedRow shown() {
        return new QuarantinedRow(
                stored.table(),
                stored.key(),
                stored.version(),
                new String(stored.json(), StandardCharsets.UTF_8),
                reason,
                written);
    }
}
