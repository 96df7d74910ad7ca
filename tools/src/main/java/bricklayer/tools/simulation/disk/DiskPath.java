package bricklayer.tools.simulation.disk;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path on a simulated disk, absolute when it begins with a slash. */
record DiskPath(DiskFileSystem disk, String text) implements Path {

    private List<String> words() {
        return Arrays.stream(text.split("/", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private DiskPath path(String other) {
        return new DiskPath(disk, other);
    }

    @Override
    public FileSystem getFileSystem() {
        return disk;
    }

    @Override
    public boolean isAbsolute() {
        return text.startsWith("/");
    }

    @Override
    public @Nullable Path getRoot() {
        return isAbsolute() ? path("/") : null;
    }

    @Override
    public @Nullable Path getFileName() {
        List<String> words = words();
        return words.isEmpty() ? null : path(words.getLast());
    }

    @Override
    public @Nullable Path getParent() {
        int slash = text.lastIndexOf('/');
        return text.length() <= 1 || slash < 0 ? null : path(slash == 0 ? "/" : text.substring(0, slash));
    }

    @Override
    public int getNameCount() {
        return words().size();
    }

    @Override
    public Path getName(int index) {
        return path(words().get(index));
    }

    @Override
    public Path subpath(int from, int to) {
        return path(String.join("/", words().subList(from, to)));
    }

    @Override
    public boolean startsWith(Path other) {
        return other.isAbsolute() == isAbsolute() && text.startsWith(other.toString());
    }

    @Override
    public boolean endsWith(Path other) {
        return text.endsWith(other.toString());
    }

    @Override
    public Path normalize() {
        return this;
    }

    @Override
    public Path resolve(Path other) {
        return other.isAbsolute() ? other : path(text.endsWith("/") ? text + other : text + "/" + other);
    }

    @Override
    public Path relativize(Path other) {
        throw new UnsupportedOperationException("relative paths on a simulated disk");
    }

    @Override
    public URI toUri() {
        return URI.create("simulated:" + text);
    }

    @Override
    public Path toAbsolutePath() {
        return isAbsolute() ? this : path("/" + text);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("watching a simulated disk");
    }

    @Override
    public int compareTo(Path other) {
        return text.compareTo(other.toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
