package io.skyferry.storages.local.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;

/// A file held open by a channel; what a channel cannot do is done to its path.
final class PortableFile implements DiskFile {
    private final Path path;
    private final FileChannel channel;

    PortableFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// What stands under the path is looked at: of an open file the JDK tells nothing but the size.
    @Override
    public void look(Inode into) throws DiskException {
        if (!PortableLook.look(path, Links.FOLLOW, into)) {
            throw new DiskException(Fault.NOT_FOUND, "No such file or directory");
        }
    }

    @Override
    public int read(CopyBuffer into, int length, long at) throws DiskException {
        try {
            ByteBuffer bytes = into.bytes().slice(0, length);
            while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
                // Channels read as much as they like.
            }
            return bytes.position();
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public void write(CopyBuffer from, int offset, int length, long at) throws DiskException {
        try {
            ByteBuffer bytes = from.bytes().slice(offset, length);
            while (bytes.hasRemaining()) {
                channel.write(bytes, at + bytes.position());
            }
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public void setTime(long second, int nano) throws DiskException {
        PortableFolder.setTime(path, second, nano);
    }

    @Override
    public void adopt(Inode other) throws DiskException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        try {
            view.setPermissions(PortableFolder.bits(other.permissions()));
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public void resize(long size) throws DiskException {
        try {
            if (channel.size() > size) {
                channel.truncate(size);
            } else if (channel.size() < size) {
                channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
            }
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public boolean cloneOf(DiskFile source) {
        return false;
    }

    @Override
    public long nextData(long at, long size) {
        return at;
    }

    @Override
    public long nextHole(long at, long size) {
        return size;
    }

    @Override
    public boolean punch(long at, long length) {
        return false;
    }

    /// Nothing puts all files on the medium later.
    @Override
    public void settle() throws DiskException {
        sync();
    }

    @Override
    public void sync() throws DiskException {
        try {
            channel.force(true);
        } catch (IOException refused) {
            throw PortableFaults.failure(refused);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
