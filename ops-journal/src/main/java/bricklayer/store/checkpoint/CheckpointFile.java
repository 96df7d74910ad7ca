package bricklayer.store.checkpoint;

import bricklayer.store.image.StoredRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBException;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/**
 * One MapDB file, written once and never changed.
 *
 * <pre>
 *   atomic values   format = 1, sequence, hash, taken (ISO-8601), rows-count, unread-count
 *   map "rows"      table NUL key  ->  version (int, big endian), JSON
 *   map "unread"    the same, for rows that the writer could not decode
 * </pre>
 *
 * <p>Both maps are in key order, so a tool may open the file read-only and look up one row.
 */
final class CheckpointFile {

    private static final int FORMAT = 1;

    /**
     * What a checkpoint is of.
     *
     * @param hash of the frame that ends with transaction {@code sequence}, in hexadecimal: the log goes on from there
     */
    record Header(long sequence, String hash, Instant taken) {}

    private CheckpointFile() {}

    /** Writes the file and closes it. Both streams of rows ascend by table, then key. */
    static void write(Path file, Header header, Iterable<StoredRow> rows, Iterable<StoredRow> unread)
            throws IOException {
        // Not memory-mapped: a full disk would then show as an error of the virtual machine instead of an IOException.
        try (DB db = DBMaker.fileDB(file.toFile())
                .fileChannelEnable()
                .checksumStoreEnable()
                .make()) {
            db.atomicInteger("format", FORMAT).create();
            db.atomicLong("sequence", header.sequence()).create();
            db.atomicString("hash", header.hash()).create();
            db.atomicString("taken", header.taken().toString()).create();
            db.atomicLong("rows-count", fill(db, "rows", rows)).create();
            db.atomicLong("unread-count", fill(db, "unread", unread)).create();
        } catch (DBException e) {
            throw new IOException("cannot write checkpoint " + file, e);
        }
    }

    /** Reads everything or throws; what was passed on before it throws is worth nothing. */
    static Header read(Path file, Consumer<StoredRow> rows) throws CheckpointDamaged {
        try (DB db = DBMaker.fileDB(file.toFile())
                .fileChannelEnable()
                .checksumStoreEnable()
                .readOnly()
                .make()) {
            int format = db.atomicInteger("format").open().get();
            if (format != FORMAT) {
                throw new CheckpointDamaged(file + " has format " + format + "; this release reads " + FORMAT);
            }
            long sequence = db.atomicLong("sequence").open().get();
            String hash = db.atomicString("hash").open().get();
            Instant taken = Instant.parse(db.atomicString("taken").open().get());
            pass(file, db, "rows", rows);
            pass(file, db, "unread", rows);
            return new Header(sequence, hash, taken);
        } catch (RuntimeException | AssertionError e) { // whatever garbled bytes lead MapDB into
            throw new CheckpointDamaged(file + " does not verify: " + e, e);
        }
    }

    private static long fill(DB db, String name, Iterable<StoredRow> rows) {
        DB.TreeMapSink<String, byte[]> sink =
                db.treeMap(name, Serializer.STRING, Serializer.BYTE_ARRAY).createFromSink();
        long count = 0;
        for (StoredRow row : rows) {
            byte[] value = ByteBuffer.allocate(Integer.BYTES + row.json().length)
                    .putInt(row.version())
                    .put(row.json())
                    .array();
            sink.put(row.table() + '\0' + row.key(), value);
            count++;
        }
        sink.create();
        return count;
    }

    private static void pass(Path file, DB db, String name, Consumer<StoredRow> rows) throws CheckpointDamaged {
        BTreeMap<String, byte[]> map =
                db.treeMap(name, Serializer.STRING, Serializer.BYTE_ARRAY).open();
        long count = 0;
        for (var entry : map.getEntries()) {
            String key = entry.getKey();
            int nul = key.indexOf('\0');
            ByteBuffer value = ByteBuffer.wrap(entry.getValue());
            int version = value.getInt();
            byte[] json = new byte[value.remaining()];
            value.get(json);
            rows.accept(new StoredRow(key.substring(0, nul), key.substring(nul + 1), version, json));
            count++;
        }
        long expected = db.atomicLong(name + "-count").open().get();
        if (count != expected) {
            throw new CheckpointDamaged(file + " holds " + count + " " + name + " instead of " + expected);
        }
    }
}
