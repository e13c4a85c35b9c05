package io.skyferry.storages.local;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ListRequest.Depth;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storages.local.LocalSettings.Borders;
import io.skyferry.storages.local.LocalSettings.SymbolicLinks;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Kind;
import io.skyferry.storages.local.disk.Links;
import io.skyferry.storages.local.disk.Segments;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Walks a tree in the order of its keys, a page at a time.
///
/// Names of a directory are read and sorted at once, packed; a file is looked at when its page is made. A walk can be
/// begun anew behind any key.
final class TreeWalk implements AutoCloseable {
    private static final byte[] NO_SUFFIX = {};
    private static final byte[] SLASH = {'/'};

    /// Directories above this many levels are closed while the walk is below them, and opened again by their path.
    private static final int OPEN_LEVELS = 48;

    private final LocalRoot root;
    private final ListRequest request;
    private final boolean followsLinks;
    private final boolean tellsLinks;
    private final boolean stays;
    private final KeyBounds bounds;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final ArrayDeque<Frame> spare = new ArrayDeque<>();
    private final Inode found = new Inode();
    private ListRequest.Descent descent;
    private byte[] path = new byte[1024];
    private int length;

    /// Begins at a directory that is there.
    ///
    /// @param bounds which keys are wanted
    TreeWalk(LocalRoot root, ListRequest request, KeyBounds bounds) throws DiskException {
        this.root = root;
        this.request = request;
        this.descent = request.descent();
        this.bounds = bounds;
        this.followsLinks = root.settings().links() == SymbolicLinks.FOLLOW;
        this.tellsLinks = root.settings().links() == SymbolicLinks.TEXT;
        this.stays = root.settings().borders() == Borders.STAY;
        byte[] start = request.directory().bytes();
        Folder folder = root.folder().enter(start, root.readLinks());
        if (start.length > 0) {
            append(start, 0, start.length);
            append(SLASH, 0, 1);
        }
        try {
            folder.look(found);
            push(folder, length);
            readNames();
        } catch (DiskException refused) {
            close();
            folder.close();
            throw refused;
        }
    }

    /// Whether this walk is the one that the request goes on with; if so, directories are entered as it says.
    boolean goesOnWith(ListRequest other) {
        descent = other.descent();
        return request.directory().equals(other.directory())
                && request.depth() == other.depth()
                && request.range().isAs(other.range());
    }

    /// The next entries; fewer than asked for only at the end.
    List<Entry> page(int count) {
        List<Entry> page = new ArrayList<>(count);
        while (page.size() < count && !frames.isEmpty()) {
            step(page);
        }
        return page;
    }

    boolean isDone() {
        return frames.isEmpty();
    }

    /// The key of what was told last.
    String lastKey() {
        return RelPath.textOf(path, 0, length);
    }

    private void step(List<Entry> page) {
        Frame frame = frames.getLast();
        if (frame.next == frame.names.size()) {
            frames.removeLast();
            frame.closeFolder();
            if (spare.size() < 4 && frame.names.size() < 4096) {
                spare.add(frame);
            }
            return;
        }
        int index = frame.next++;
        int size = frame.names.length(index);
        length = frame.prefix;
        reserve(size);
        frame.names.copyTo(index, path, length);
        length += size;
        if (!bounds.isOpen() && bounds.isPast(path, length)) {
            closeFrames();
            return;
        }
        tell(frame, Mark.of(frame.names.mark(index)), page);
    }

    private void tell(Frame frame, Mark mark, List<Entry> page) {
        boolean wanted = bounds.isOpen() || bounds.holds(path, length);
        try {
            switch (mark) {
                case DIRECTORY -> directory(frame, wanted, Links.REFUSE, page);
                case LINKED_DIRECTORY -> directory(frame, wanted, Links.FOLLOW, page);
                case FILE -> {
                    if (wanted) {
                        file(frame, length, Links.REFUSE, Kind.FILE, page);
                    }
                }
                case LINKED_FILE -> {
                    if (wanted) {
                        file(frame, length, Links.FOLLOW, Kind.FILE, page);
                    }
                }
                case LINK_TEXT -> {
                    if (wanted) {
                        file(frame, length - LinkText.SUFFIX.length, Links.REFUSE, Kind.LINK, page);
                    }
                }
                case BROKEN_LINK -> leadsNowhere(wanted, page);
                case LIKE_A_LINK -> unusable(frame, wanted, "A file has the name that a symbolic link would get", page);
                case TEMPORARY -> {
                    if (wanted) {
                        leftover(frame, page);
                    }
                }
                case LINK, PIPE, SOCKET, DEVICE -> {
                    if (wanted) {
                        page.add(new Entry.Special(told(length), mark.special()));
                    }
                }
            }
        } catch (DiskException refused) {
            unlisted(frame, refused, page);
        }
    }

    private RelPath told(int end) {
        return new RelPath(RelPath.textOf(path, 0, end));
    }

    private RelPath directoryOf(Frame frame) {
        return frame.prefix == 0 ? RelPath.ROOT : told(frame.prefix - 1);
    }

    /// What is gone, or is something else by now, is left out: it was not there as what it was listed.
    private void file(Frame frame, int end, Links links, Kind expected, List<Entry> page) throws DiskException {
        Folder folder = open(frame);
        if (folder.look(path, frame.prefix, end - frame.prefix, links, found) && found.kind() == expected) {
            page.add(LocalEntries.file(told(length), found));
        }
    }

    private void leftover(Frame frame, List<Entry> page) throws DiskException {
        Folder folder = open(frame);
        if (folder.look(path, frame.prefix, length - frame.prefix, Links.REFUSE, found)) {
            RelPath at = told(length);
            String owner = TempName.parse(Segments.cut(path, frame.prefix, length))
                    .map(TempName::owner)
                    .orElse("");
            page.add(new Entry.Leftover(at, owner, new PendingUpload(at, at.text(), LocalEntries.born(found))));
        }
    }

    private void unusable(Frame frame, boolean wanted, String reason, List<Entry> page) {
        if (wanted) {
            int end = path[length - 1] == '/' ? length - 1 : length;
            String name = RelPath.textOf(path, frame.prefix, end - frame.prefix);
            page.add(new Entry.Unusable(directoryOf(frame), name, reason, false));
        }
    }

    /// Perhaps to a disk that is not mounted: nothing may be inferred from absence there.
    private void leadsNowhere(boolean wanted, List<Entry> page) {
        if (wanted && descent.enters(told(length))) {
            page.add(new Entry.Unlisted(told(length), ErrorKind.NOT_FOUND, "The symbolic link leads nowhere"));
        }
    }

    /// Something in the directory could not be looked at; told once for each directory.
    private void unlisted(Frame frame, DiskException refused, List<Entry> page) {
        if (!frame.isUnlisted) {
            frame.isUnlisted = true;
            page.add(new Entry.Unlisted(directoryOf(frame), LocalErrors.kindOf(refused.fault()), refused.words()));
        }
    }

    private void directory(Frame frame, boolean wanted, Links links, List<Entry> page) throws DiskException {
        boolean holdsWanted = bounds.isOpen() || bounds.mayHoldBelow(path, length);
        RelPath at = told(length - 1);
        byte[] name = Segments.cut(path, frame.prefix, length - 1);
        Folder folder = open(frame);
        if (request.depth() == Depth.CHILDREN || !holdsWanted || !descent.enters(at)) {
            if (wanted && folder.look(name, links, found) && found.kind() == Kind.DIRECTORY) {
                page.add(LocalEntries.directory(at, found));
            }
            return;
        }
        Folder below;
        try {
            below = folder.enter(name, links);
            below.look(found);
        } catch (DiskException refused) {
            enterRefused(folder, name, links, wanted, refused, at, page);
            return;
        }
        enter(frame, below, wanted, at, page);
    }

    private void enterRefused(
            Folder folder,
            byte[] name,
            Links links,
            boolean wanted,
            DiskException refused,
            RelPath at,
            List<Entry> page)
            throws DiskException {
        boolean isGone = switch (refused.fault()) {
            case NOT_FOUND, NOT_A_DIRECTORY, LINK_IN_THE_WAY -> true;
            default -> !folder.look(name, links, found);
        };
        if (!isGone) {
            if (wanted) {
                page.add(LocalEntries.directory(at, found));
            }
            page.add(new Entry.Unlisted(at, LocalErrors.kindOf(refused.fault()), refused.words()));
        }
    }

    private void enter(Frame frame, Folder below, boolean wanted, RelPath at, List<Entry> page) {
        if (followsLinks && isAbove(found)) {
            below.close();
            unusable(frame, wanted, "The symbolic link leads to a directory above it", page);
            return;
        }
        if (wanted) {
            page.add(LocalEntries.directory(at, found));
        }
        if (stays && found.device() != frame.device) {
            below.close();
            return;
        }
        push(below, length);
        try {
            readNames();
        } catch (DiskException refused) {
            unlisted(frames.getLast(), refused, page);
        }
    }

    private boolean isAbove(Inode directory) {
        for (Frame frame : frames) {
            if (frame.number == directory.number() && frame.device == directory.device()) {
                return true;
            }
        }
        return false;
    }

    private void push(Folder folder, int prefix) {
        Frame frame = spare.isEmpty() ? new Frame() : spare.removeLast();
        frame.begin(folder, prefix, found);
        frames.add(frame);
        if (frames.size() > OPEN_LEVELS) {
            int level = 0;
            for (Frame other : frames) {
                if (++level == frames.size() - OPEN_LEVELS) {
                    other.closeFolder();
                    break;
                }
            }
        }
    }

    /// The frame's directory, opened again if the walk was far below it.
    private Folder open(Frame frame) throws DiskException {
        Optional<Folder> folder = frame.folder();
        if (folder.isPresent()) {
            return folder.orElseThrow();
        }
        byte[] directory = Segments.cut(path, 0, Math.max(0, frame.prefix - 1));
        Folder again = root.folder().enter(directory, root.readLinks());
        Inode now = new Inode();
        again.look(now);
        if (now.number() != frame.number || now.device() != frame.device) {
            again.close();
            throw new DiskException(Fault.TROUBLE, "The directory was moved while it was listed");
        }
        frame.reopen(again);
        return again;
    }

    private void readNames() throws DiskException {
        Frame frame = frames.getLast();
        Folder folder = open(frame);
        try {
            folder.read((bytes, offset, size, kind) -> addName(frame, folder, bytes, offset, size, kind));
        } finally {
            frame.names.sort();
        }
    }

    private void addName(Frame frame, Folder folder, byte[] bytes, int offset, int size, Kind kind)
            throws DiskException {
        Kind known = kind;
        if (kind == Kind.UNKNOWN) {
            if (!folder.look(bytes, offset, size, Links.REFUSE, found)) {
                return;
            }
            known = found.kind();
        }
        Mark mark = known == Kind.LINK && followsLinks
                ? followed(folder, bytes, offset, size)
                : markOf(known, bytes, offset, size);
        byte[] suffix = switch (mark) {
            case DIRECTORY, LINKED_DIRECTORY -> SLASH;
            case LINK_TEXT -> LinkText.SUFFIX;
            case FILE, LINKED_FILE, BROKEN_LINK, LIKE_A_LINK, TEMPORARY, LINK, PIPE, SOCKET, DEVICE -> NO_SUFFIX;
        };
        frame.names.add(mark.code, bytes, offset, size, suffix);
    }

    private Mark markOf(Kind kind, byte[] bytes, int offset, int size) {
        return switch (kind) {
            case FILE -> isTemporary(bytes, offset, size) ? Mark.TEMPORARY : fileMark(bytes, offset, size);
            case DIRECTORY -> Mark.DIRECTORY;
            case LINK -> {
                boolean ours = isTemporary(bytes, offset, size);
                yield ours ? Mark.TEMPORARY : tellsLinks ? Mark.LINK_TEXT : Mark.LINK;
            }
            case PIPE -> Mark.PIPE;
            case SOCKET -> Mark.SOCKET;
            case DEVICE, UNKNOWN -> Mark.DEVICE;
        };
    }

    private Mark fileMark(byte[] bytes, int offset, int size) {
        return tellsLinks && LinkText.isLink(bytes, offset, size) ? Mark.LIKE_A_LINK : Mark.FILE;
    }

    private static boolean isTemporary(byte[] bytes, int offset, int size) {
        return TempName.mayBe(bytes, offset, size)
                && TempName.parse(Arrays.copyOfRange(bytes, offset, offset + size))
                        .isPresent();
    }

    private Mark followed(Folder folder, byte[] bytes, int offset, int size) {
        try {
            if (!folder.look(bytes, offset, size, Links.FOLLOW, found)) {
                return Mark.BROKEN_LINK;
            }
        } catch (DiskException refused) {
            // A link that leads in a circle, or where one may not look, is as good as broken.
            return Mark.BROKEN_LINK;
        }
        return switch (found.kind()) {
            case FILE -> Mark.LINKED_FILE;
            case DIRECTORY -> Mark.LINKED_DIRECTORY;
            case PIPE -> Mark.PIPE;
            case SOCKET -> Mark.SOCKET;
            case LINK, DEVICE, UNKNOWN -> Mark.DEVICE;
        };
    }

    private void append(byte[] bytes, int offset, int size) {
        reserve(size);
        System.arraycopy(bytes, offset, path, length, size);
        length += size;
    }

    private void reserve(int size) {
        if (length + size > path.length) {
            path = Arrays.copyOf(path, 2 * (length + size));
        }
    }

    private void closeFrames() {
        for (Frame frame : frames) {
            frame.closeFolder();
        }
        frames.clear();
    }

    @Override
    public void close() {
        closeFrames();
    }

    /// What a directory's name turned out to be.
    private enum Mark {
        FILE(0),
        DIRECTORY(1),
        LINK(2),
        PIPE(3),
        SOCKET(4),
        DEVICE(5),
        LINKED_FILE(6),
        LINKED_DIRECTORY(7),
        LINK_TEXT(8),
        BROKEN_LINK(9),
        LIKE_A_LINK(10),
        TEMPORARY(11);

        private static final Mark[] BY_CODE = values();

        /// Its place among the constants; kept as one byte of a packed name.
        private final int code;

        Mark(int code) {
            this.code = code;
        }

        static Mark of(int code) {
            return BY_CODE[code];
        }

        Entry.SpecialKind special() {
            return switch (this) {
                case LINK -> Entry.SpecialKind.SYMBOLIC_LINK;
                case PIPE -> Entry.SpecialKind.PIPE;
                case SOCKET -> Entry.SpecialKind.SOCKET;
                default -> Entry.SpecialKind.DEVICE;
            };
        }
    }
}
