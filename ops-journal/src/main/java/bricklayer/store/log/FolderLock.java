package bricklayer.store.log;

import bricklayer.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process, or a second store of this one, out of a folder. The operating system frees it when the process dies. */
record FolderLock(FileChannel channel) implements AutoCloseable {

    static final String NAME = "lock";

    static FolderLock take(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(NAME), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new StoreException("cannot open the store in " + folder
                    + ": another process has it open; stop that one first, or give this one a folder of its own");
        }
        return new FolderLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // held by this process
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
