package bricklayer.tools.simulation.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a store asks of a file system; everything else is refused, so that nobody takes an answer for granted. */
final class DiskProvider extends FileSystemProvider {

    private static SimulatedDisk disk(Path path) {
        return ((DiskPath) path).disk().disk();
    }

    private static String name(Path path) {
        return path.toAbsolutePath().toString();
    }

    /** Folders are there without having been made; a name with a dot or of the lock is a file's. */
    private static boolean isFolder(Path path) {
        return disk(path).find(name(path)) == null && !disk(path).in(name(path)).isEmpty();
    }

    @Override
    public String getScheme() {
        return "simulated";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException("a simulated disk by its address");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException("a simulated disk by its address");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("a simulated disk by its address");
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        SimulatedDisk disk = disk(path);
        String name = name(path);
        DiskFile file = disk.find(name);
        if (file == null && options.contains(StandardOpenOption.CREATE)) {
            file = disk.create(name);
        }
        if (file == null && !options.contains(StandardOpenOption.WRITE) && isFolder(path)) {
            return new DiskChannel(disk, name, null);
        }
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            file.truncate(0);
        }
        return new DiskChannel(disk, name, file);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter) {
        List<Path> paths = disk(folder).in(name(folder)).stream()
                .map(name -> folder.getFileSystem().getPath(name))
                .toList();
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return paths.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) {}

    @Override
    public void delete(Path path) throws IOException {
        if (!disk(path).drop(name(path))) {
            throw new NoSuchFileException(name(path));
        }
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
        throw new UnsupportedOperationException("copying on a simulated disk");
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        disk(from).rename(name(from), name(to));
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return one.equals(other);
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("how large a simulated disk is");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        if (!isFolder(path)) {
            disk(path).existing(name(path));
        }
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) {
        throw new UnsupportedOperationException("attributes on a simulated disk");
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException("attributes on a simulated disk");
    }

    @Override
    public void setAttribute(Path path, String attribute, @Nullable Object value, LinkOption... options) {
        throw new UnsupportedOperationException("attributes on a simulated disk");
    }
}
