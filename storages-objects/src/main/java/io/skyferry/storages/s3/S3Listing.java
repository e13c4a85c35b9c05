package io.skyferry.storages.s3;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.KeyRange;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ListRequest.Depth;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storages.s3.sign.Percent;
import io.skyferry.storages.s3.sign.Percent.PlusSign;
import io.skyferry.storages.s3.wire.Listing;
import io.skyferry.storages.s3.wire.Listing.By;
import io.skyferry.storages.s3.wire.Listing.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes pages of entries of pages of keys: directories are made up, and keys that are no paths are told.
final class S3Listing {
    /// The most that servers give.
    static final int USUAL_PAGE = 1000;

    private static final ModTime NO_TIME = new ModTime.NotListed();

    private final S3Place place;
    private final int pageKeys;

    /// @param pageKeys asked for at once
    S3Listing(S3Place place, int pageKeys) {
        this.place = place;
        this.pageKeys = pageKeys;
    }

    /// Where a listing goes on.
    ///
    /// @param next as the server said
    /// @param last what the page before ended with: directories above it were listed
    private record Position(Next next, String last) {
        static Position parse(String text) {
            int kind = text.indexOf(' ');
            int parting = text.indexOf(' ', kind + 1);
            return new Position(
                    new Next(
                            Percent.decode(text.substring(kind + 1, parting), PlusSign.IS_ITSELF),
                            By.valueOf(text.substring(0, kind))),
                    Percent.decode(text.substring(parting + 1), PlusSign.IS_ITSELF));
        }

        String text() {
            return next.by() + " " + Percent.ofValue(next.text()) + " " + Percent.ofValue(last);
        }
    }

    ListPage list(ListRequest request) {
        Where where = place.where(Verb.LIST, request.directory());
        Optional<Position> position = request.after().map(Position::parse);
        String prefix = place.root().below(request.directory());
        Listing page = position.isPresent()
                ? next(request, position.orElseThrow().next(), prefix, where)
                : firstPage(place, by -> beginning(request, by, prefix, where));
        if (page.next().isPresent() && page.next().equals(position.map(Position::next))) {
            throw place.refusal(
                    ErrorKind.UNEXPECTED, where, "Want the next page of a listing but have the same one again");
        }
        boolean isNothing = page.items().isEmpty()
                && page.commonPrefixes().isEmpty()
                && page.next().isEmpty();
        if (isNothing
                && position.isEmpty()
                && !prefix.isEmpty()
                && request.range().equals(KeyRange.ALL)) {
            throw place.refusal(ErrorKind.NOT_FOUND, where, "Nothing is stored below it");
        }
        String first = request.directory().isRoot() ? "" : request.directory().text() + "/";
        var reading = new Reading(
                request.range(), prefix, position.map(Position::last).orElse(first));
        return reading.page(page);
    }

    /// Asks for a first page, in the version that the server knows.
    ///
    /// @param asking makes the request for a version
    static Listing firstPage(S3Place place, Function<By, Ask> asking) {
        By by = place.listVersion().now();
        try {
            return firstPage(place, by, asking);
        } catch (StorageException failure) {
            if (!place.listVersion().sawFailure(by, failure)) {
                throw failure;
            }
            try {
                return firstPage(place, By.MARKER, asking);
            } catch (StorageException again) {
                failure.addSuppressed(again);
                throw failure;
            }
        }
    }

    private static Listing firstPage(S3Place place, By by, Function<By, Ask> asking) {
        Listing page = page(place, by, asking.apply(by));
        place.listVersion().sawWork(by);
        return page;
    }

    private static Listing page(S3Place place, By by, Ask ask) {
        ask.query("encoding-type", "url");
        if (by == By.TOKEN) {
            ask.query("list-type", "2");
        }
        return place.api().read(ask, Listing::read);
    }

    private Listing next(ListRequest request, Next next, String prefix, Where where) {
        String goesOn = next.by() == By.TOKEN ? "continuation-token" : "marker";
        return page(place, next.by(), ask(request, prefix, where).query(goesOn, next.text()));
    }

    private Ask beginning(ListRequest request, By by, String prefix, Where where) {
        Optional<String> before = request.range()
                .from()
                .map(from -> justBefore(place.root().prefix() + S3Names.encode(from)))
                .filter(key -> RelPath.compareTexts(key, prefix) > 0);
        return ask(request, prefix, where).query(by == By.TOKEN ? "start-after" : "marker", before);
    }

    private Ask ask(ListRequest request, String prefix, Where where) {
        Ask ask = Ask.ofBucket("GET", where)
                .query("max-keys", String.valueOf(pageKeys))
                .query("prefix", prefix);
        return request.depth() == Depth.CHILDREN ? ask.query("delimiter", "/") : ask;
    }

    /// A text behind which this key is the first that anybody uses: servers go on behind a key, never at one.
    static String justBefore(String key) {
        if (key.isEmpty()) {
            return key;
        }
        int last = key.codePointBefore(key.length());
        String above = key.substring(0, key.length() - Character.charCount(last));
        if (last <= 1) {
            return above;
        }
        int lower = last - 1 >= Character.MIN_SURROGATE && last - 1 <= Character.MAX_SURROGATE
                ? Character.MIN_SURROGATE - 1
                : last - 1;
        return above + Character.toString(lower) + Character.toString(Character.MAX_CODE_POINT);
    }

    /// A path and what lies there, in the order of paths.
    ///
    /// @param key a directory's ends in `/`
    /// @param raw the key as the server has it: ranges part the keys of the server, so that each is in one
    private record Found(String key, String raw, Entry entry) {}

    /// Makes one page.
    private final class Reading {
        private final String prefix;
        private final List<Found> found = new ArrayList<>();
        private final KeyRange stored;
        private String last;
        private boolean isDisplaced;

        Reading(KeyRange range, String prefix, String last) {
            this.prefix = prefix;
            this.last = last;
            this.stored =
                    new KeyRange(range.from().map(S3Names::encode), range.to().map(S3Names::encode));
        }

        ListPage page(Listing page) {
            for (Listing.Item item : page.items()) {
                if (item.key().startsWith(prefix) && item.key().length() > prefix.length()) {
                    add(item);
                }
            }
            for (String common : page.commonPrefixes()) {
                if (common.startsWith(prefix) && common.length() > prefix.length()) {
                    addDirectory(common);
                }
            }
            if (isDisplaced || !page.commonPrefixes().isEmpty()) {
                found.sort((one, other) -> RelPath.compareTexts(one.key(), other.key()));
            }
            List<Entry> entries = entries();
            return new ListPage(
                    entries,
                    isOver(page) ? Optional.empty() : page.next().map(next -> new Position(next, last).text()));
        }

        private boolean isOver(Listing page) {
            if (stored.to().isEmpty()) {
                return false;
            }
            String to = place.root().prefix() + stored.to().orElseThrow();
            return Stream.of(page.items().stream().map(Listing.Item::key).toList(), page.commonPrefixes())
                    .filter(keys -> !keys.isEmpty())
                    .anyMatch(keys -> RelPath.compareTexts(keys.getLast(), to) >= 0);
        }

        private String below(String key) {
            return key.substring(place.root().prefix().length());
        }

        private void add(Listing.Item item) {
            if (item.key().endsWith("/")) {
                if (item.size() > 0) {
                    unusable(item.key(), "it holds content, but its name ends in '/' as that of a directory");
                } else {
                    addDirectory(item.key());
                }
                return;
            }
            String below = below(item.key());
            RelPath path = path(below, item.key());
            if (path != null) {
                found.add(new Found(path.text(), below, file(path, item)));
            }
        }

        private void addDirectory(String key) {
            RelPath directory = path(below(key.substring(0, key.length() - 1)), key);
            if (directory != null) {
                found.add(new Found(
                        directory.text() + "/", below(key), new Entry.Directory(directory, Optional.empty())));
            }
        }

        /// The path of a key; `null` if it is none, which is told. Asked of each key of a listing.
        ///
        /// @param below the key below the root
        /// @param raw the key as it is told
        private @Nullable RelPath path(String below, String raw) {
            if (S3Names.isPath(below)) {
                return new RelPath(below);
            }
            Optional<String> fault = below.isEmpty() ? Optional.of("a segment is empty") : S3Names.faultOf(below);
            if (fault.isPresent()) {
                unusable(raw, fault.orElseThrow());
                return null;
            }
            isDisplaced = true;
            return new RelPath(S3Names.decode(below).orElseThrow());
        }

        private void unusable(String key, String reason) {
            String below = below(key);
            var nearest = nearest(below);
            found.add(new Found(below, below, new Entry.Unusable(nearest, below, reason, false)));
        }

        /// The deepest directory above a key that can be named.
        private static RelPath nearest(String below) {
            int slash = -1;
            while (true) {
                int next = below.indexOf('/', slash + 1);
                if (next < 0
                        || next == 0
                        || S3Names.faultOf(below.substring(0, next)).isPresent()) {
                    return slash <= 0
                            ? RelPath.ROOT
                            : new RelPath(
                                    S3Names.decode(below.substring(0, slash)).orElseThrow());
                }
                slash = next;
            }
        }

        private Entry.File file(RelPath path, Listing.Item item) {
            return new Entry.File(
                    path,
                    item.size(),
                    NO_TIME,
                    place.hashes(item.etag()),
                    S3Place.version(item.etag(), Optional.empty()),
                    Optional.empty(),
                    Optional.empty());
        }

        /// Puts in front of each entry the directories above it that were not listed yet.
        private List<Entry> entries() {
            List<Entry> entries = new ArrayList<>(found.size() + 8);
            for (Found one : found) {
                if (!stored.holds(one.raw())) {
                    continue;
                }
                if (one.entry() instanceof Entry.Unusable) {
                    entries.add(one.entry());
                    continue;
                }
                addAbove(one.key(), entries);
                if (!one.key().endsWith("/")) {
                    entries.add(one.entry());
                }
                last = one.key();
            }
            return entries;
        }

        private void addAbove(String key, List<Entry> entries) {
            if (last.regionMatches(0, key, 0, key.lastIndexOf('/') + 1)) {
                return;
            }
            int same = 0;
            int shorter = Math.min(key.length(), last.length());
            while (same < shorter && key.charAt(same) == last.charAt(same)) {
                same++;
            }
            for (int slash = key.indexOf('/', same); slash >= 0; slash = key.indexOf('/', slash + 1)) {
                entries.add(new Entry.Directory(new RelPath(key.substring(0, slash)), Optional.empty()));
            }
        }
    }
}
