package io.skyferry.storages.s3;

import io.skyferry.http.HttpException;
import io.skyferry.http.HttpResponse;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Removal;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storage.Version;
import io.skyferry.storages.s3.wire.Replies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Deletes files: what was seen, and nothing else, as far as a look right before can tell.
final class S3Edits {
    /// Source: DeleteObjects of the Amazon S3 API Reference.
    private static final int BATCH = 1000;

    private final S3Place place;
    /// The server has said that it takes no batch.
    private volatile boolean deletesOneByOne;

    S3Edits(S3Place place) {
        this.place = place;
    }

    Removal delete(Entry.File seen) {
        Where where = place.where(Verb.DELETE, seen.path());
        if (!isThere(seen, where)) {
            return new Removal.Missing();
        }
        return remove(seen, where);
    }

    private Removal remove(Entry.File seen, Where where) {
        Ask ask = Ask.of("DELETE", place.root().key(seen.path()), where).query("versionId", S3Place.idOf(seen));
        try (HttpResponse reply = place.api().send(ask)) {
            boolean isKept = reply.header("x-amz-delete-marker").orElse("").equals("true");
            return isKept ? kept(seen) : new Removal.Gone();
        } catch (HttpException broken) {
            throw S3Errors.of(broken, where);
        }
    }

    private static Removal kept(Entry.File seen) {
        return new Removal.KeptAsVersion(seen.version().orElse(new Version("")));
    }

    private boolean isThere(Entry.File seen, Where where) {
        if (place.settings().refusal(seen.path()).isPresent()) {
            return false;
        }
        if (S3Place.idOf(seen).isPresent()) {
            return true;
        }
        Optional<S3Head> now = place.api().head(place.root().key(seen.path()), where);
        if (now.isPresent() && !S3Place.isSame(seen, now.orElseThrow())) {
            throw place.refusal(
                    ErrorKind.PRECONDITION_FAILED, where, "Want the file that was seen but another is there");
        }
        return now.isPresent();
    }

    List<DeleteResult> deleteAll(List<Entry.File> seen) {
        List<DeleteResult> results = new ArrayList<>(seen.size());
        for (int start = 0; start < seen.size(); start += BATCH) {
            results.addAll(deleteBatch(seen.subList(start, Math.min(seen.size(), start + BATCH))));
        }
        return results;
    }

    private List<DeleteResult> deleteBatch(List<Entry.File> seen) {
        Map<Integer, DeleteResult> results = new HashMap<>();
        List<Integer> there = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            Entry.File file = seen.get(i);
            try {
                if (isThere(file, place.where(Verb.DELETE_ALL, file.path()))) {
                    there.add(i);
                } else {
                    results.put(i, new DeleteResult.Removed(file, new Removal.Missing()));
                }
            } catch (StorageException refused) {
                results.put(i, new DeleteResult.Refused(file, refused));
            }
        }
        if (!there.isEmpty()) {
            remove(seen, there, results);
        }
        List<DeleteResult> inOrder = new ArrayList<>(seen.size());
        for (int i = 0; i < seen.size(); i++) {
            inOrder.add(answered(results.get(i), seen.get(i)));
        }
        return inOrder;
    }

    private DeleteResult answered(@Nullable DeleteResult result, Entry.File file) {
        return result != null
                ? result
                : new DeleteResult.Refused(
                        file,
                        StorageException.unknownEffect(
                                ErrorKind.UNAVAILABLE,
                                place.where(Verb.DELETE_ALL, file.path()),
                                "Want an answer for each file but the server gave none for this one"));
    }

    private void remove(List<Entry.File> seen, List<Integer> there, Map<Integer, DeleteResult> results) {
        if (!deletesOneByOne) {
            try {
                removeAtOnce(seen, there, results);
                return;
            } catch (StorageException refused) {
                if (refused.kind() != ErrorKind.UNSUPPORTED) {
                    throw refused;
                }
                deletesOneByOne = true;
            }
        }
        for (int index : there) {
            results.put(index, removedAlone(seen.get(index)));
        }
    }

    private DeleteResult removedAlone(Entry.File file) {
        try {
            return new DeleteResult.Removed(file, remove(file, place.where(Verb.DELETE_ALL, file.path())));
        } catch (StorageException refused) {
            return new DeleteResult.Refused(file, refused);
        }
    }

    private void removeAtOnce(List<Entry.File> seen, List<Integer> there, Map<Integer, DeleteResult> results) {
        Where where = place.where(Verb.DELETE_ALL, seen.get(there.getFirst()).path());
        var xml = new StringBuilder("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        Map<String, Integer> byKey = new HashMap<>();
        for (int index : there) {
            String key = place.root().key(seen.get(index).path());
            byKey.put(key, index);
            xml.append("<Object><Key>").append(Escaped.xml(key)).append("</Key></Object>");
        }
        xml.append("</Delete>");
        Ask ask = S3Api.withXml(Ask.ofBucket("POST", where).query("delete", ""), xml.toString());
        for (Replies.Deleted one : place.api().read(ask, Replies::deleted)) {
            Integer index = byKey.get(one.key());
            if (index != null) {
                results.put(index, result(seen.get(index), one));
            }
        }
    }

    private DeleteResult result(Entry.File file, Replies.Deleted told) {
        if (told.failure().isPresent()) {
            Where where = place.where(Verb.DELETE_ALL, file.path());
            return new DeleteResult.Refused(
                    file, S3Errors.behindYes(told.failure().orElseThrow(), where));
        }
        return new DeleteResult.Removed(file, told.marker().isPresent() ? kept(file) : new Removal.Gone());
    }
}
