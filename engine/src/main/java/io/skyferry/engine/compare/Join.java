package io.skyferry.engine.compare;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.scan.Keyed;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Merges two listings and the memory, each sorted by key, into one stream of pairs. Holds one entry of each.
public final class Join implements Iterator<Pair> {
    private final Head<Keyed> sources;
    private final Head<Keyed> targets;
    private final Head<Agreed> rows;

    /// Over three sorted streams.
    public Join(Iterator<Keyed> sources, Iterator<Keyed> targets, Iterator<Agreed> rows) {
        this.sources = new Head<>(sources);
        this.targets = new Head<>(targets);
        this.rows = new Head<>(rows);
    }

    /// A stream of which the first item can be looked at.
    private static final class Head<T> {
        private final Iterator<T> rest;
        private @Nullable T first;

        Head(Iterator<T> rest) {
            this.rest = rest;
        }

        @Nullable
        T peek() {
            if (first == null && rest.hasNext()) {
                first = rest.next();
            }
            return first;
        }

        T take() {
            T taken = peek();
            if (taken == null) {
                throw new NoSuchElementException();
            }
            first = null;
            return taken;
        }
    }

    @Override
    public boolean hasNext() {
        return sources.peek() != null || targets.peek() != null || rows.peek() != null;
    }

    @Override
    public Pair next() {
        String source = keyOf(sources.peek());
        String target = keyOf(targets.peek());
        Agreed row = rows.peek();
        String remembered = row == null ? null : row.key().text();
        int sides = order(source, target);
        String listed = sides <= 0 ? source : target;
        int rest = order(listed, remembered);
        String key = rest <= 0 ? listed : remembered;
        if (key == null) {
            throw new NoSuchElementException();
        }
        Optional<Agreed> agreed = rest >= 0 ? Optional.of(rows.take()) : Optional.empty();
        Entry left = rest <= 0 && sides <= 0 ? sources.take().entry() : null;
        Entry right = rest <= 0 && sides >= 0 ? targets.take().entry() : null;
        boolean moreLeft = left != null && key.equals(keyOf(sources.peek()));
        boolean moreRight = right != null && key.equals(keyOf(targets.peek()));
        if (moreLeft || moreRight) {
            return new Pair.Clash(key, all(key, left, sources), all(key, right, targets), agreed);
        }
        if (left != null) {
            return right != null ? new Pair.Both(key, left, right, agreed) : new Pair.SourceOnly(key, left, agreed);
        }
        return right != null ? new Pair.TargetOnly(key, right, agreed) : new Pair.Neither(key, agreed.orElseThrow());
    }

    private static List<Entry> all(String key, @Nullable Entry first, Head<Keyed> rest) {
        List<Entry> all = new ArrayList<>();
        if (first != null) {
            all.add(first);
        }
        while (key.equals(keyOf(rest.peek()))) {
            all.add(rest.take().entry());
        }
        return all;
    }

    private static @Nullable String keyOf(@Nullable Keyed keyed) {
        return keyed == null ? null : keyed.key();
    }

    /// Below zero where the first key comes first, above where the second does; a key that is missing comes last. Most
    /// keys are those of both, and whether they are is found out faster than which of them is less.
    private static int order(@Nullable String a, @Nullable String b) {
        if (a == null) {
            return 1;
        }
        if (b == null) {
            return -1;
        }
        return a.equals(b) ? 0 : RelPath.compareTexts(a, b);
    }
}
