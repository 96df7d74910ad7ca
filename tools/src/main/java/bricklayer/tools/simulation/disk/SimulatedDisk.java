package bricklayer.tools.simulation.disk;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One disk with flat files in folders that are always there. Names outlive a power cut once their folder was flushed; of names given, changed and dropped since then a first part does, in their
 * order, as with a journaling file system. For one thread at a time.
 */
public final class SimulatedDisk {

    private final SplittableRandom random;
    private final Runnable whileFlushing;
    private final DiskFileSystem fileSystem = new DiskFileSystem(this);
    private final TreeMap<String, DiskFile> names = new TreeMap<>();
    private final List<NameChange> unflushed = new ArrayList<>();
    private TreeMap<String, DiskFile> storedNames = new TreeMap<>();
    private final Set<String> locked = new HashSet<>();
    private int owner;
    private boolean failsFlush;
    private boolean full;
    private boolean lies;

    /**
     * Happens as a whole or not at all.
     *
     * @param dropped a name that is gone afterwards
     * @param given a name that leads to this file afterwards
     */
    private record NameChange(
            @Nullable String dropped,
            @Nullable String given,
            @Nullable DiskFile file) {
        void on(TreeMap<String, DiskFile> names) {
            if (dropped != null) {
                names.remove(dropped);
            }
            if (given != null && file != null) {
                names.put(given, file);
            }
        }
    }

    /**
     * @param whileFlushing called in each flush before it has its effect, by the thread that flushes: time may pass there, and the process may die there
     */
    public SimulatedDisk(SplittableRandom random, Runnable whileFlushing) {
        this.random = random;
        this.whileFlushing = whileFlushing;
    }

    public Path path(String absolute) {
        return fileSystem.getPath(absolute);
    }

    /** The next flush fails. */
    public void failNextFlush() {
        failsFlush = true;
    }

    /** Whether nothing more can be written. */
    public void full(boolean wanted) {
        full = wanted;
    }

    /** A disk that says of each flush that it is done, and does nothing: what every promise rests on is gone. */
    public void lie() {
        lies = true;
    }

    public void heal() {
        failsFlush = false;
        full = false;
    }

    /** Whether something is refused now, or will be. */
    public boolean isBad() {
        return failsFlush || full;
    }

    /** The process that used the disk is gone; what it wrote is still in the page cache. */
    public void ownerDied() {
        owner++;
        locked.clear();
    }

    /** Power goes: so does what was not flushed, or a part of it. */
    public void cutPower() {
        ownerDied();
        int kept = random.nextInt(unflushed.size() + 1);
        unflushed.subList(0, kept).forEach(change -> change.on(storedNames));
        unflushed.clear();
        names.clear();
        names.putAll(storedNames);
        names.values().stream().distinct().forEach(file -> file.cutPower(random));
    }

    /** What is on the disk as every process sees it, in bytes. */
    public long used() {
        return names.values().stream().mapToLong(DiskFile::length).sum();
    }

    int owner() {
        return owner;
    }

    void mustBeOwnedBy(int process) throws IOException {
        if (process != owner) {
            throw new IOException("the process that opened this file is gone");
        }
    }

    @Nullable
    DiskFile find(String name) {
        return names.get(name);
    }

    DiskFile existing(String name) throws NoSuchFileException {
        DiskFile file = names.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    DiskFile create(String name) throws IOException {
        mustHaveSpace();
        DiskFile file = new DiskFile();
        change(new NameChange(null, name, file));
        return file;
    }

    boolean drop(String name) {
        if (!names.containsKey(name)) {
            return false;
        }
        change(new NameChange(name, null, null));
        return true;
    }

    void rename(String from, String to) throws IOException {
        if (from.equals(to)) {
            throw new AtomicMoveNotSupportedException(from, to, "the same name");
        }
        DiskFile file = existing(from);
        change(new NameChange(from, to, file));
    }

    private void change(NameChange change) {
        change.on(names);
        unflushed.add(change);
    }

    /** The names directly in a folder. */
    List<String> in(String folder) {
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        return names.tailMap(prefix).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .filter(name -> name.indexOf('/', prefix.length()) < 0)
                .toList();
    }

    void mustHaveSpace() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    void flushNames() throws IOException {
        whileFlushing.run();
        mustNotFail();
        if (!lies) {
            unflushed.clear();
            storedNames = new TreeMap<>(names);
        }
    }

    private void mustNotFail() throws IOException {
        if (failsFlush) {
            failsFlush = false;
            throw new IOException("Input/output error");
        }
    }

    void flush(DiskFile file) throws IOException {
        whileFlushing.run();
        try {
            mustNotFail();
        } catch (IOException e) {
            file.flushInVain(random);
            throw e;
        }
        if (!lies) {
            file.flush();
        }
    }

    boolean lock(String name) {
        return locked.add(name);
    }

    void unlock(String name) {
        locked.remove(name);
    }
}
