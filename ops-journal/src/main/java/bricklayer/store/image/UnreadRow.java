package bricklayer.store.image;

import bricklayer.store.QuarantinedRow;
import java.nio.charset.StandardCharsets;

/**
 * A stored row that could not be decoded, with its bytes as they were found.
 *
 * @param json not copied; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record UnreadRow(String table, String key, int version, byte[] json, String reason) {

    /** What a person is shown. Bytes that are not UTF-8 show as replacement characters; what is kept are the bytes. */
    public QuarantinedRow shown() {
        return new QuarantinedRow(table, key, version, new String(json, StandardCharsets.UTF_8), reason);
    }
}
