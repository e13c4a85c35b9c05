package io.skyferry.engine.scan;

import io.skyferry.engine.work.Workers;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.KeyRange;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pages of a recursive listing that can begin anywhere, several stretches of keys listed at once.
///
/// The first pages are listed one after the other: small places cost no request more than without this. Then the
/// keys ahead are cut into stretches of a few pages, as far as can be guessed, and listed side by side; they are
/// handed on in order. A stretch that turns out to be long is cut again; where there are none for a while, the next
/// page is listed alone, to see where the keys go on. What is held is bounded: so many stretches, each with so many
/// pages.
final class SplitPages implements Iterator<List<Entry>>, AutoCloseable {
    /// Pages before anything is cut.
    private static final int ALONE = 4;

    /// Pages that a stretch is meant to have; it holds no more at once.
    private static final int PAGES = 4;

    /// Pages that a stretch is cut for: the last one shows that it was the last if it goes beyond.
    private static final double WIDTH = PAGES - 0.2;

    /// Empty stretches in a row after which nothing is guessed for a while.
    private static final int MOST_EMPTY = 2;

    /// Pages after which what is left of a stretch is cut again.
    private static final int MOST_PAGES = 2 * PAGES;

    /// Pages that guesses are made from: the last ones.
    private static final int LEARNT = 16;

    /// Keys of each page that are learnt from.
    private static final int SAMPLES = 16;

    /// Stretches listed at once, those counted too that wait behind one that is cut again.
    private static final int MOST_OPEN = 8;

    /// Stretches that are listed at once: with more, two sides of a large place would hold too much.
    private static final int AT_ONCE = 4;

    private final Storage storage;
    private final Workers workers;
    private final String name;
    private final ListRequest whole;
    private final List<Part> parts = new ArrayList<>();
    private final Deque<Learnt> learnt = new ArrayDeque<>();
    private int alone = ALONE;
    private int empty;
    private int wholePage = 1;
    private String last = "";

    SplitPages(Storage storage, Selection selection, Workers workers, String name) {
        this.storage = storage;
        this.workers = workers;
        this.name = name;
        this.whole = ListRequest.tree(RelPath.ROOT).descending(selection::mayHold);
        parts.add(new Gap(KeyRange.ALL, Optional.empty(), ""));
    }

    /// What guesses are made from.
    ///
    /// @param keys some of a page
    /// @param entries how many it had
    private record Learnt(List<String> keys, int entries) {}

    /// A part of what is not handed on yet; all together, in order, are the rest of the listing.
    private sealed interface Part {}

    /// Keys that nobody is listing yet.
    ///
    /// @param token goes on behind a page; empty: it begins at the range's first key
    /// @param start the key behind which it begins, for guesses
    private record Gap(KeyRange range, Optional<String> token, String start) implements Part {}

    /// A stretch that is being listed. Only the thread that hands pages on touches its counts.
    private static final class Stretch implements Part {
        private final KeyRange range;
        private final Workers.Ahead<ListPage> pages;
        private int entries;
        private Optional<String> token = Optional.empty();

        Stretch(KeyRange range, Workers.Ahead<ListPage> pages) {
            this.range = range;
            this.pages = pages;
        }
    }

    /// Pages of one stretch, listed by a thread of its own.
    private final class Pages implements Iterator<ListPage> {
        private @Nullable ListRequest request;
        private int listed;

        Pages(Gap stretch) {
            this.request = asked(stretch);
        }

        @Override
        public boolean hasNext() {
            return request != null && listed < MOST_PAGES;
        }

        @Override
        public ListPage next() {
            ListRequest now = request;
            if (now == null) {
                throw new NoSuchElementException();
            }
            ListPage page = storage.list(now);
            listed++;
            request = page.next().map(now::goOnAfter).orElse(null);
            return page;
        }
    }

    private ListRequest asked(Gap gap) {
        return new ListRequest(whole.directory(), whole.depth(), gap.range(), gap.token(), whole.descent());
    }

    @Override
    public boolean hasNext() {
        return !parts.isEmpty();
    }

    @Override
    public List<Entry> next() {
        while (!parts.isEmpty()) {
            switch (parts.getFirst()) {
                case Gap gap
                when alone > 0 -> {
                    return nextAlone(gap);
                }
                case Gap _ -> cut();
                case Stretch stretch -> {
                    if (alone == 0) {
                        cut();
                    }
                    if (stretch.pages.hasNext()) {
                        ListPage page = stretch.pages.next();
                        List<Entry> entries = fresh(page.entries());
                        stretch.token = page.next();
                        stretch.entries += entries.size();
                        return entries;
                    }
                    parts.removeFirst();
                    ended(stretch);
                }
            }
        }
        return List.of();
    }

    /// One page of a gap, listed by nobody else.
    private List<Entry> nextAlone(Gap gap) {
        alone--;
        ListPage page = storage.list(asked(gap));
        parts.removeFirst();
        List<Entry> entries = fresh(page.entries());
        page.next().ifPresent(token -> parts.addFirst(new Gap(gap.range(), Optional.of(token), last)));
        return entries;
    }

    /// Without what was listed before: directories above a stretch come with each.
    private List<Entry> fresh(List<Entry> entries) {
        List<Entry> fresh = new ArrayList<>(entries.size());
        List<String> keys = new ArrayList<>(SAMPLES + 1);
        int each = entries.size() / SAMPLES + 1;
        int seen = 0;
        for (Entry entry : entries) {
            seen++;
            if (entry instanceof Entry.Directory directory) {
                String key = directory.path().text() + "/";
                if (last.startsWith(key)) {
                    continue;
                }
                last = key;
            } else if (entry instanceof Entry.File file) {
                last = file.path().text();
                if (fresh.size() % each == 0 || seen == entries.size()) {
                    keys.add(last);
                }
            }
            fresh.add(entry);
        }
        if (!keys.isEmpty()) {
            wholePage = Math.max(wholePage, entries.size());
            learnt.addLast(new Learnt(keys, fresh.size()));
            if (learnt.size() > LEARNT) {
                learnt.removeFirst();
            }
        }
        return fresh;
    }

    private void ended(Stretch stretch) {
        stretch.pages.close();
        if (stretch.token.isPresent()) {
            // It is longer than was guessed: what is left of it is cut by what is known by now.
            parts.addFirst(new Gap(stretch.range, stretch.token, last));
        } else if (stretch.entries == 0) {
            empty++;
        } else {
            empty = 0;
        }
        if (empty >= MOST_EMPTY) {
            // The keys go on elsewhere: the next page says where.
            empty = 0;
            alone = ALONE;
        }
    }

    /// Cuts stretches off the first gap until enough are listed at once.
    private void cut() {
        ListIterator<Part> at = parts.listIterator();
        int before = 0;
        while (at.hasNext()) {
            if (at.next() instanceof Gap gap) {
                int open = parts.size()
                        - (int) parts.stream().filter(Gap.class::isInstance).count();
                int room = Math.min(AT_ONCE - before, MOST_OPEN - open);
                if (room > 0 || before == 0) {
                    at.remove();
                    cut(gap, Math.max(1, room), before == 0, at);
                }
                return;
            }
            before++;
        }
    }

    /// @param isFirst whether nothing is listed before it, so that it cannot wait for a better guess
    private void cut(Gap gap, int count, boolean isFirst, ListIterator<Part> at) {
        Optional<KeySpace> space = space();
        Gap left = gap;
        for (int i = 0; i < count; i++) {
            String start = left.start();
            KeyRange range = left.range();
            Optional<String> cut = space.flatMap(known -> known.behind(start, WIDTH))
                    .filter(key -> isInside(range, key) && RelPath.compareTexts(key, start) > 0);
            if (cut.isEmpty()) {
                boolean isLast = range.to().isPresent() || (isFirst && i == 0);
                at.add(isLast ? stretch(left) : left);
                return;
            }
            at.add(stretch(new Gap(new KeyRange(range.from(), cut), left.token(), start)));
            left = new Gap(new KeyRange(cut, range.to()), Optional.empty(), cut.orElseThrow());
        }
        at.add(left);
    }

    private static boolean isInside(KeyRange range, String key) {
        return range.to().map(to -> RelPath.compareTexts(key, to) < 0).orElse(true);
    }

    private Optional<KeySpace> space() {
        List<String> keys =
                learnt.stream().flatMap(page -> page.keys().stream()).toList();
        double entries = learnt.stream().mapToInt(Learnt::entries).sum();
        return keys.size() < 2 ? Optional.empty() : KeySpace.of(keys, entries / wholePage);
    }

    private Stretch stretch(Gap gap) {
        return new Stretch(gap.range(), workers.ahead(name, new Pages(gap), PAGES));
    }

    @Override
    public void close() {
        for (Part part : parts) {
            if (part instanceof Stretch stretch) {
                stretch.pages.close();
            }
        }
    }
}
