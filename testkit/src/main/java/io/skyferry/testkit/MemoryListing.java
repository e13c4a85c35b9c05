package io.skyferry.testkit;

import io.skyferry.storage.Entry;
import io.skyferry.storage.KeyRange;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All entries of a storage in the order in which its listings come, cut into pages on demand.
final class MemoryListing {
    private final List<Listed> sorted;
    private final Comparator<String> order;
    private final int pageSize;

    /// An entry and where it sorts.
    record Listed(String key, Entry entry) {}

    MemoryListing(List<Listed> entries, Comparator<String> order, int pageSize) {
        this.sorted = new ArrayList<>(entries);
        this.sorted.sort(Comparator.comparing(Listed::key, order));
        this.order = order;
        this.pageSize = pageSize;
    }

    /// By the keys' bytes.
    static Comparator<String> byBytes() {
        return RelPath::compareTexts;
    }

    /// In an order that looks like none and is the same for the same seed.
    static Comparator<String> shuffled(long seed) {
        return Comparator.comparingLong((String key) -> mix(key.hashCode() * 0x9E3779B97F4A7C15L + seed))
                .thenComparing(RelPath::compareTexts);
    }

    private static long mix(long value) {
        long half = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        long whole = (half ^ (half >>> 27)) * 0x94D049BB133111EBL;
        return whole ^ (whole >>> 31);
    }

    ListPage page(ListRequest request) {
        List<Entry> entries = new ArrayList<>();
        String last = "";
        for (int i = request.after().map(this::indexBehind).orElse(0); i < sorted.size(); i++) {
            Listed listed = sorted.get(i);
            if (!wanted(request, listed)) {
                continue;
            }
            if (entries.size() == pageSize) {
                return new ListPage(entries, Optional.of(last));
            }
            entries.add(listed.entry());
            last = listed.key();
        }
        return new ListPage(entries, Optional.empty());
    }

    private int indexBehind(String key) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare(sorted.get(middle).key(), key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean wanted(ListRequest request, Listed listed) {
        return inside(request, listed)
                && inRange(request.range(), listed)
                && entered(request.descent(), request.directory(), listed);
    }

    private static boolean inside(ListRequest request, Listed listed) {
        RelPath directory = request.directory();
        String prefix = directory.isRoot() ? "" : directory.text() + "/";
        if (!listed.key().startsWith(prefix) || listed.key().length() == prefix.length()) {
            return false;
        }
        int slash = listed.key().indexOf('/', prefix.length());
        return request.depth() == ListRequest.Depth.TREE
                || slash < 0
                || slash == listed.key().length() - 1;
    }

    private static boolean inRange(KeyRange range, Listed listed) {
        String key = listed.key();
        boolean maybeAbove = key.endsWith("/")
                && range.from().filter(from -> from.startsWith(key)).isPresent();
        return maybeAbove || range.holds(key);
    }

    private static boolean entered(ListRequest.Descent descent, RelPath from, Listed listed) {
        for (RelPath above : MemoryTree.above(listed.entry().path())) {
            if (!above.holds(from) && !descent.enters(above)) {
                return false;
            }
        }
        return true;
    }
}
