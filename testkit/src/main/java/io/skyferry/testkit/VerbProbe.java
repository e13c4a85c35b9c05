package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.PartRules;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a call of any verb, to see that it is refused.
final class VerbProbe {
    private static final RelPath PATH = new RelPath("probe");
    private static final Entry.File SEEN = new Entry.File(
            PATH, 5, new ModTime.NotKept(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Upload UPLOAD = new Upload(PATH, "none", new PartRules(5, 5));

    private VerbProbe() {}

    static void assertRefused(Storage storage, Verb verb) {
        Throwable thrown = catchThrowable(() -> call(storage, verb));
        assertThat(thrown).as("undeclared %s", verb).isInstanceOf(StorageException.class);
        var failure = (StorageException) thrown;
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(failure.effect()).isEqualTo(StorageException.Effect.NONE);
        assertThat(failure.where().verb()).isEqualTo(verb);
    }

    private static void call(Storage storage, Verb verb) {
        var content = BytesContent.of("probe");
        switch (verb) {
            case LIST -> storage.list(ListRequest.children(RelPath.ROOT));
            case STAT -> storage.stat(PATH);
            case READ -> storage.read(SEEN, ByteRange.ALL).close();
            case WRITE -> storage.write(PATH, content, WriteOptions.PLAIN);
            case BEGIN_UPLOAD -> storage.beginUpload(PATH, content, WriteOptions.PLAIN);
            case PROMISE -> storage.promise(UPLOAD, 1, content);
            case PUT_PART -> storage.putPart(UPLOAD, 1, "", content);
            case LIST_PARTS -> storage.listParts(UPLOAD);
            case FINISH_UPLOAD -> storage.finishUpload(UPLOAD, List.of());
            case ABANDON_UPLOAD -> storage.abandonUpload(UPLOAD);
            case LIST_UPLOADS -> storage.listUploads(PATH);
            case ABANDON_PENDING -> storage.abandonPending(new PendingUpload(PATH, "none", Instant.EPOCH));
            case COPY -> storage.copy(SEEN, new RelPath("other"), WriteOptions.PLAIN);
            case MOVE -> storage.move(SEEN, new RelPath("other"));
            case DELETE -> storage.delete(SEEN);
            case DELETE_ALL -> storage.deleteAll(List.of(SEEN));
            case MAKE_DIRECTORY -> storage.makeDirectory(PATH);
            case REMOVE_DIRECTORY -> storage.removeDirectory(PATH);
            case SET_MOD_TIME -> storage.setModTime(SEEN, Instant.EPOCH);
            case VERSIONS -> storage.versions(PATH);
            case CHANGES -> storage.changes(Optional.empty());
            case QUOTA -> storage.quota();
            case FLUSH -> storage.flush();
        }
    }
}
