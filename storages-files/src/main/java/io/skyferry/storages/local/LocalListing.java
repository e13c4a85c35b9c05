package io.skyferry.storages.local;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storages.local.disk.DiskException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lists in pages. A walk waits under its token for the next page to be asked for; one that waited too long, or whose
/// page is asked for again, is begun anew behind the last key that the token names.
final class LocalListing implements AutoCloseable {
    /// Enough to be worth a call, few enough to stay in the processor's cache.
    static final int USUAL_PAGE = 2_000;

    private static final int WAITING = 16;

    private final LocalRoot root;
    private final int pageEntries;
    private final LinkedHashMap<String, TreeWalk> waiting = new LinkedHashMap<>();
    private long tokens;

    LocalListing(LocalRoot root, int pageEntries) {
        this.root = root;
        this.pageEntries = pageEntries;
    }

    ListPage list(ListRequest request) throws DiskException {
        TreeWalk walk = takeUp(request);
        boolean kept = false;
        try {
            List<Entry> entries = walk.page(pageEntries);
            if (walk.isDone()) {
                return new ListPage(entries, Optional.empty());
            }
            String token = keep(walk);
            kept = true;
            return new ListPage(entries, Optional.of(token));
        } finally {
            if (!kept) {
                walk.close();
            }
        }
    }

    private TreeWalk takeUp(ListRequest request) throws DiskException {
        Optional<String> token = request.after();
        TreeWalk known = token.isEmpty() ? null : taken(token.orElseThrow());
        if (known != null) {
            if (known.goesOnWith(request)) {
                return known;
            }
            known.close();
        }
        Optional<String> lastKey = token.map(text -> text.substring(text.indexOf(':') + 1));
        return new TreeWalk(root, request, new KeyBounds(request.range(), lastKey));
    }

    private synchronized @Nullable TreeWalk taken(String token) {
        return waiting.remove(token);
    }

    private synchronized String keep(TreeWalk walk) {
        String token = Long.toString(++tokens).concat(":").concat(walk.lastKey());
        waiting.put(token, walk);
        if (waiting.size() > WAITING) {
            Map.Entry<String, TreeWalk> eldest = waiting.firstEntry();
            waiting.remove(eldest.getKey());
            eldest.getValue().close();
        }
        return token;
    }

    @Override
    public synchronized void close() {
        for (TreeWalk walk : waiting.values()) {
            walk.close();
        }
        waiting.clear();
    }
}
