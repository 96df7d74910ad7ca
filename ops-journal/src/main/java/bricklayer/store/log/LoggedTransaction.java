package bricklayer.store.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import bricklayer.store.codec.JsonCodec;
import bricklayer.store.image.Change;
import bricklayer.store.image.StoredRow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One write transaction in the payload of a frame. Big endian:
 *
 * <pre>
 *   8  wall time, milliseconds since 1970
 *   4  number of changes, at least 1
 *   then for each change
 *     1  1 = put, 2 = delete
 *     2  length of the table's name, then the name in UTF-8
 *     2  length of the key, then the key in UTF-8
 *     for a put
 *       4  version of the row
 *       4  length of the row, then the row in JSON (UTF-8)
 * </pre>
 */
record LoggedTransaction(long wallTimeMillis, List<Entry> entries) {

    private static final byte PUT = 1;
    private static final byte DELETE = 2;
    private static final int LONGEST_NAME = 0xFFFF;

    sealed interface Entry {}

    record Put(StoredRow row) implements Entry {}

    record Delete(String table, String key) implements Entry {}

    Instant time() {
        return Instant.ofEpochMilli(wallTimeMillis);
    }

    static byte[] encode(long wallTimeMillis, List<Change> changes, JsonCodec codec) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        DataOutputStream to = new DataOutputStream(bytes);
        try {
            to.writeLong(wallTimeMillis);
            to.writeInt(changes.size());
            for (Change change : changes) {
                to.writeByte(change instanceof Change.Put ? PUT : DELETE);
                writeText(to, change.table().name());
                writeText(to, change.key());
                if (change instanceof Change.Put put) {
                    byte[] json = codec.encode(put.table(), put.row());
                    to.writeInt(put.table().version());
                    to.writeInt(json.length);
                    to.write(json);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** The transaction that begins where the buffer stands, which is moved behind it. */
    static LoggedTransaction decode(ByteBuffer from) {
        long wallTimeMillis = from.getLong();
        int count = from.getInt();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte kind = from.get();
            String table = readText(from);
            String key = readText(from);
            switch (kind) {
                case PUT -> {
                    int version = from.getInt();
                    byte[] json = bytes(from, from.getInt());
                    entries.add(new Put(new StoredRow(table, key, version, json)));
                }
                case DELETE -> entries.add(new Delete(table, key));
                default ->
                    throw new IllegalStateException("change of kind " + kind + " in a frame whose checksum matches");
            }
        }
        return new LoggedTransaction(wallTimeMillis, entries);
    }

    private static void writeText(DataOutputStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > LONGEST_NAME) {
            throw new IllegalArgumentException("a key of " + bytes.length + " bytes cannot be stored; the longest is "
                    + LONGEST_NAME + ": " + text.substring(0, 100) + "...");
        }
        to.writeShort(bytes.length);
        to.write(bytes);
    }

    private static String readText(ByteBuffer from) {
        return new String(bytes(from, Short.toUnsignedInt(from.getShort())), UTF_8);
    }

    /** Never takes more memory than the frame has bytes, whatever the length says. */
    private static byte[] bytes(ByteBuffer from, int length) {
        if (length < 0 || length > from.remaining()) {
            throw new IllegalStateException("a length of " + length + " where " + from.remaining() + " bytes are left");
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
