package bricklayer.executor.simulated;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What happened to the nodes, on disk: one line a command, an array of
 *
 * <pre>{"owner":"node1","kind":"LV","key":"vg/lv","value":{…}}</pre>
 *
 * <p>where a missing value means removed. A line is given to the operating system before the command is answered, and not flushed to the disk: it outlives the
 * process, not the machine. Thread-safe.
 */
final class StateLog implements AutoCloseable {

    static final String FILE = "nodes.jsonl";

    private static final String LOCK = "nodes.lock";
    private static final int LINES_A_WRITE = 1000;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .build();

    private final Path file;
    private final FileChannel lockFile;
    private final FileChannel channel;

    private StateLog(Path file, FileChannel lockFile, FileChannel channel) {
        this.file = file;
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /** Where the facts that were read go, and where those to write anew come from. */
    interface Holder {
        void read(Changes.Entry entry);

        void writeAll(Consumer<Changes.Entry> sink);
    }

    /**
     * Reads what is there into the holder, then writes the log anew with nothing but what is still true. A last line
     * that is not whole is the trace of a process that was killed and is dropped.
     *
     * @throws IllegalStateException when another process has it open, or a line before the last cannot be read
     */
    static StateLog open(Path folder, Holder holder) {
        try {
            Files.createDirectories(folder);
            FileChannel lockFile = lock(folder.resolve(LOCK));
            try {
                Path file = folder.resolve(FILE);
                readInto(file, holder);
                rewrite(folder, file, holder);
                return new StateLog(
                        file, lockFile, FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("opening the simulated nodes in " + folder, e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = opened.tryLock();
            locked = lock != null;
        } catch (OverlappingFileLockException e) {
            locked = false; // held by this very process
        } finally {
            if (!locked) {
                opened.close();
            }
        }
        if (!locked) {
            throw new IllegalStateException("the simulated nodes in " + path.getParent()
                    + " are in use by another process: end it, or use another folder");
        }
        return opened;
    }

    private static void readInto(Path file, Holder holder) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        boolean torn = !endsWithItsLine(file);
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            String line = lines.readLine();
            while (line != null) {
                number++;
                String next = lines.readLine();
                if (next != null || !torn) {
                    readInto(file, number, line, holder);
                }
                line = next;
            }
        }
    }

    private static boolean endsWithItsLine(Path file) throws IOException {
        try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return reading.size() == 0 || (reading.read(last, reading.size() - 1) == 1 && last.get(0) == '\n');
        }
    }

    private static void readInto(Path file, int number, String line, Holder holder) {
        try {
            for (JsonNode entry : MAPPER.readTree(line)) {
                holder.read(entry(entry));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "line " + number + " of " + file
                            + " cannot be read: delete that folder to begin with new simulated nodes",
                    e);
        }
    }

    private static Changes.Entry entry(JsonNode node) throws JsonProcessingException {
        Kind kind = Kind.valueOf(node.path("kind").asText());
        Optional<Record> value =
                node.has("value") ? Optional.of(MAPPER.treeToValue(node.get("value"), kind.type())) : Optional.empty();
        return new Changes.Entry(
                node.path("owner").asText(), kind, node.path("key").asText(), value);
    }

    private static void rewrite(Path folder, Path file, Holder holder) throws IOException {
        Path fresh = folder.resolve(FILE + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            int[] gathered = {0};
            holder.writeAll(entry -> {
                lines.writeBytes(line(List.of(entry)));
                if (++gathered[0] % LINES_A_WRITE == 0) {
                    writeAll(out, lines.toByteArray(), fresh);
                    lines.reset();
                }
            });
            writeAll(out, lines.toByteArray(), fresh);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** All of them or none will be there after a kill. */
    void append(List<Changes.Entry> entries) {
        byte[] line = line(entries);
        synchronized (this) {
            writeAll(channel, line, file);
        }
    }

    private static byte[] line(List<Changes.Entry> entries) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator json = MAPPER.createGenerator(line)) {
            json.writeStartArray();
            for (Changes.Entry entry : entries) {
                json.writeStartObject();
                json.writeStringField("owner", entry.owner());
                json.writeStringField("kind", entry.kind().name());
                json.writeStringField("key", entry.key());
                if (entry.value().isPresent()) {
                    json.writePOJOField("value", entry.value().get());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void writeAll(FileChannel out, byte[] lines, Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(lines);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + file, e);
        }
    }
}
