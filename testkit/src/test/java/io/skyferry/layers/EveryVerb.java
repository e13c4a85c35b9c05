package io.skyferry.layers;

import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.Part;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Calls every verb of a storage once or more, with success.
final class EveryVerb {
    private EveryVerb() {}

    static void call(Storage storage) {
        var content = BytesContent.of("content");
        Entry.File file = storage.write(new RelPath("a/file"), content, WriteOptions.PLAIN);
        storage.list(ListRequest.children(RelPath.ROOT));
        storage.stat(file.path());
        storage.read(file, ByteRange.ALL).close();
        Upload upload = storage.beginUpload(new RelPath("large"), content, WriteOptions.PLAIN);
        Part part = storage.putPart(upload, 1, storage.promise(upload, 1, content), content);
        storage.listParts(upload);
        storage.listUploads(upload.file())
                .forEach(pending ->
                        storage.abandonPending(new PendingUpload(pending.file(), "another", pending.begun())));
        storage.finishUpload(upload, List.of(part));
        storage.abandonUpload(upload);
        Entry.File copy = storage.copy(file, new RelPath("copy"), WriteOptions.PLAIN);
        Entry.File moved = storage.move(copy, new RelPath("moved"));
        storage.delete(moved);
        storage.makeDirectory(new RelPath("empty"));
        storage.removeDirectory(new RelPath("empty"));
        Entry.File timed = storage.setModTime(file, Instant.EPOCH);
        storage.deleteAll(List.of(timed));
        storage.versions(file.path());
        storage.changes(Optional.empty());
        storage.quota();
        storage.flush();
    }
}
