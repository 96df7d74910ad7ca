package bricklayer.tools.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** An open file, or an open folder. Of no use to anybody once the process that opened it is gone. */
final class DiskChannel extends FileChannel {

    private final SimulatedDisk disk;
    private final String name;
    private final @Nullable DiskFile file;
    private final int owner;
    private long position;
    private boolean locked;

    /** @param file absent for a folder, which can be flushed only */
    DiskChannel(SimulatedDisk disk, String name, @Nullable DiskFile file) {
        this.disk = disk;
        this.name = name;
        this.file = file;
        this.owner = disk.owner();
    }

    private DiskFile usable() throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        disk.mustBeOwnedBy(owner);
        if (file == null) {
            throw new IOException(name + " is a folder");
        }
        return file;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = read(into, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
        byte[] bytes = new byte[into.remaining()];
        int count = usable().read(bytes, 0, Math.toIntExact(at), bytes.length);
        into.put(bytes, 0, Math.max(0, count));
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = write(from, position);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        DiskFile open = usable();
        disk.mustHaveSpace();
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        open.write(bytes, bytes.length, Math.toIntExact(at));
        return bytes.length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long to) {
        position = to;
        return this;
    }

    @Override
    public long size() throws IOException {
        return usable().length();
    }

    @Override
    public FileChannel truncate(long to) throws IOException {
        usable().truncate(Math.toIntExact(to));
        return this;
    }

    @Override
    public void force(boolean withLength) throws IOException {
        if (file == null) {
            disk.mustBeOwnedBy(owner);
            disk.flushNames();
        } else {
            disk.flush(usable());
        }
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) throws IOException {
        usable();
        if (!disk.lock(name)) {
            throw new OverlappingFileLockException();
        }
        locked = true;
        return new FileLock(this, from, size, shared) {
            @Override
            public boolean isValid() {
                return DiskChannel.this.isOpen();
            }

            @Override
            public void release() throws IOException {
                DiskChannel.this.close();
            }
        };
    }

    @Override
    protected void implCloseChannel() {
        if (locked && owner == disk.owner()) {
            disk.unlock(name);
        }
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) {
        throw new UnsupportedOperationException("waiting for a lock on a simulated disk");
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException("scattered reads from a simulated disk");
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException("gathered writes to a simulated disk");
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException("transfers from a simulated disk");
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) {
        throw new UnsupportedOperationException("transfers to a simulated disk");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) {
        throw new UnsupportedOperationException("mapping a simulated disk");
    }
}
