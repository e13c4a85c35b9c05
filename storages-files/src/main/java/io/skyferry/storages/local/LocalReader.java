package io.skyferry.storages.local;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storages.local.LocalSettings.SymbolicLinks;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Kind;
import io.skyferry.storages.local.disk.Links;
import io.skyferry.storages.local.disk.Segments;
import java.io.ByteArrayInputStream;
import java.util.Optional;

/// Looks at files and reads them.
final class LocalReader {
    private final LocalRoot root;

    LocalReader(LocalRoot root) {
        this.root = root;
    }

    Optional<Entry> stat(RelPath path) throws DiskException {
        Inode found = new Inode();
        if (!look(path, found)) {
            return Optional.empty();
        }
        if (path.isRoot()) {
            return Optional.of(LocalEntries.directory(path, found));
        }
        if (root.isLinkText(path)) {
            return found.kind() == Kind.LINK ? Optional.of(LocalEntries.file(path, found)) : Optional.empty();
        }
        return switch (found.kind()) {
            case FILE -> Optional.of(fileOrLeftover(path, found));
            case DIRECTORY -> Optional.of(LocalEntries.directory(path, found));
            case LINK ->
                // Where links are told as files, they stand under another name.
                root.settings().links() == SymbolicLinks.TEXT
                        ? Optional.empty()
                        : Optional.of(new Entry.Special(path, Entry.SpecialKind.SYMBOLIC_LINK));
            case PIPE, SOCKET, DEVICE, UNKNOWN ->
                Optional.of(new Entry.Special(path, LocalEntries.special(found.kind())));
        };
    }

    private static Entry fileOrLeftover(RelPath path, Inode found) {
        Optional<TempName> temp = TempName.parse(RelPath.bytesOf(path.name()));
        if (temp.isEmpty()) {
            return LocalEntries.file(path, found);
        }
        PendingUpload pending = new PendingUpload(path, path.text(), LocalEntries.born(found));
        return new Entry.Leftover(path, temp.orElseThrow().owner(), pending);
    }

    private boolean look(RelPath path, Inode found) throws DiskException {
        Folder top;
        try {
            top = root.folder();
        } catch (DiskException missing) {
            if (missing.fault() == Fault.NOT_FOUND) {
                return false;
            }
            throw missing;
        }
        if (path.isRoot()) {
            top.look(found);
            return true;
        }
        byte[] bytes = root.isLinkText(path) ? LinkText.plain(path.bytes()) : path.bytes();
        if (root.readLinks() == Links.REFUSE) {
            return top.lookBeneath(bytes, found);
        }
        try {
            return top.look(bytes, Links.FOLLOW, found);
        } catch (DiskException circle) {
            if (circle.fault() == Fault.LINK_IN_THE_WAY) {
                return false;
            }
            throw circle;
        }
    }

    Body read(Entry.File seen, ByteRange range) throws DiskException {
        RelPath path = seen.path();
        if (root.isLinkText(path)) {
            return readLink(seen, range);
        }
        SourceFile source = open(path);
        boolean given = false;
        try {
            if (!source.is(seen)) {
                throw changed(path);
            }
            Entry.File now = LocalEntries.file(path, source.state());
            long length = range.lengthIn(source.state().size());
            Body body = new Body(now, new LocalBody(source, path, root.errors(), range.offset(), length));
            given = true;
            return body;
        } finally {
            if (!given) {
                source.close();
            }
        }
    }

    private SourceFile open(RelPath path) throws DiskException {
        try {
            return SourceFile.of(root.folder().open(path.bytes(), root.readLinks()));
        } catch (DiskException refused) {
            // What was a file is a link, or lies below something that is no directory any more.
            switch (refused.fault()) {
                case LINK_IN_THE_WAY, IS_A_DIRECTORY -> throw changed(path).causedBy(refused);
                case NOT_A_DIRECTORY ->
                    throw root.errors()
                            .of(ErrorKind.NOT_FOUND, Verb.READ, path, "No such file")
                            .causedBy(refused);
                default -> throw refused;
            }
        }
    }

    private StorageException changed(RelPath path) {
        return root.errors().of(ErrorKind.PRECONDITION_FAILED, Verb.READ, path, "It is not what was seen");
    }

    private Body readLink(Entry.File seen, ByteRange range) throws DiskException {
        RelPath path = seen.path();
        byte[] bytes = LinkText.plain(path.bytes());
        try (Folder folder = root.folder().enter(Segments.parent(bytes), Links.REFUSE)) {
            Inode found = new Inode();
            byte[] name = Segments.name(bytes);
            if (!folder.look(name, Links.REFUSE, found)) {
                throw root.errors().of(ErrorKind.NOT_FOUND, Verb.READ, path, "No such symbolic link");
            }
            boolean same = found.kind() == Kind.LINK
                    && seen.version()
                            .map(version -> version.text().equals(found.version()))
                            .orElse(true);
            if (!same) {
                throw changed(path);
            }
            byte[] target = folder.linkTarget(name);
            int from = (int) Math.min(range.offset(), target.length);
            int length = (int) range.lengthIn(target.length);
            return new Body(LocalEntries.file(path, found), new ByteArrayInputStream(target, from, length));
        }
    }
}
