package io.skyferry.engine.scan;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import java.util.ArrayDeque;
import java.util.Optional;

/// Looks whether a storage holds anything at all that is selected: lists no further than the first file.
public final class AnyFile {
    private AnyFile() {}

    /// Whether there is one.
    ///
    /// @throws io.skyferry.storage.StorageException if a directory cannot be listed before one was found
    public static boolean isIn(Storage storage, Selection selection, CancelFlag cancel) {
        boolean tree = storage.capabilities().listing().recursive();
        var directories = new ArrayDeque<RelPath>();
        directories.push(RelPath.ROOT);
        while (!directories.isEmpty()) {
            RelPath directory = directories.pop();
            Optional<ListRequest> request = Optional.of(
                    tree
                            ? ListRequest.tree(directory).descending(selection::mayHold)
                            : ListRequest.children(directory));
            while (request.isPresent()) {
                cancel.check("listing");
                ListPage page = storage.list(request.orElseThrow());
                for (Entry entry : page.entries()) {
                    if (entry instanceof Entry.File file && selection.selects(file)) {
                        return true;
                    }
                    if (!tree && entry instanceof Entry.Directory below && selection.mayHold(below.path())) {
                        directories.push(below.path());
                    }
                }
                request = page.next().map(request.orElseThrow()::goOnAfter);
            }
        }
        return false;
    }
}
