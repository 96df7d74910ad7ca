package bricklayer.store.image;

/**
 * A row as it lies on disk.
 *
 * @param json not copied; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredRow(String table, String key, int version, byte[] json) {}
