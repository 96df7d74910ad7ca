package bricklayer.functional.history;

import bricklayer.api.WireJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes a history down as it happens, one line for each exchange and each kill. Thread-safe. */
public final class Recorder {

    private final Path folder;
    private final long beganNs = System.nanoTime();
    private final AtomicLong numbers = new AtomicLong();
    private int pages;
    private @Nullable Path file;
    private @Nullable BufferedWriter out;

    public Recorder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        turn(List.of());
    }

    long now() {
        return System.nanoTime() - beganNs;
    }

    /** How many requests there were. */
    public long requests() {
        return numbers.get();
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    void record(Exchange exchange) {
        write(new History.Line(exchange, null));
    }

    public void recordKill(int server, boolean serving) {
        write(new History.Line(null, new Kill(server, now(), serving)));
    }

    private synchronized void write(History.Line line) {
        try {
            if (out == null) {
                throw new IllegalStateException("no file is open");
            }
            out.write(WireJson.write(line));
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException("recording the history in " + file, e);
        }
    }

    /**
     * Ends the file and begins the next.
     *
     * @param opening what the next one shall begin with, though it was recorded before
     * @return the file that ended
     */
    public synchronized Path turn(List<Exchange> opening) throws IOException {
        Path done = file;
        if (out != null) {
            out.close();
        }
        file = folder.resolve("history-%d.jsonl".formatted(++pages));
        out = Files.newBufferedWriter(file);
        opening.forEach(this::record);
        return done == null ? file : done;
    }
}
