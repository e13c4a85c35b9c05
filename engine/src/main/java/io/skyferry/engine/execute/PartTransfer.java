package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.pair.Unfinished;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.work.Lanes;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Part;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Durability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Stores a large file in parts, and goes on where an earlier run was stopped.
///
/// What a later run needs is in the memory before the storage is told anything: which uploads of the key were there
/// before ours was begun, the upload's token before its first part, a part's promise before its first byte.
final class PartTransfer {
    /// A condition that no longer holds, parts that went bad, a file that is not taken: such an upload can never
    /// become the file. What else goes wrong may pass, and the parts are kept for then.
    private static final Set<ErrorKind> NEVER_A_FILE = Set.of(
            ErrorKind.PRECONDITION_FAILED,
            ErrorKind.ALREADY_EXISTS,
            ErrorKind.NOT_FOUND,
            ErrorKind.CORRUPT,
            ErrorKind.CONTENT_REJECTED,
            ErrorKind.TOO_LARGE,
            ErrorKind.NAME_REJECTED);

    /// The account may store files but not list or drop what is unfinished, or the server cannot.
    private static final Set<ErrorKind> NOT_ALLOWED =
            Set.of(ErrorKind.FORBIDDEN, ErrorKind.UNSUPPORTED, ErrorKind.UNEXPECTED);

    private static final String PARTED = "\n";
    private static final int MOST_BEGINS = 10;

    private final Scope scope;
    private final Lanes lanes;

    /// @param lanes where parts go over, shared by all large files of the run
    PartTransfer(Scope scope, Lanes lanes) {
        this.scope = scope;
        this.lanes = lanes;
    }

    private PairMemory memory() {
        return scope.run().memory();
    }

    private Storage target() {
        return scope.target();
    }

    /// Stores the content whole, or leaves what arrived for a later run.
    ///
    /// @param beforeEffect done when all parts are there and the file is about to be made of them
    Entry.File store(
            RelPath path, Content content, WriteOptions options, Progress.Flight flight, Runnable beforeEffect) {
        Unfinished upload = goOn(path, content, options).orElseGet(() -> begin(path, content, options));
        Map<Integer, Part> arrived = new HashMap<>();
        upload.parts().forEach(part -> {
            arrived.put(part.number(), part);
            flight.add(part.size());
        });
        sendMissing(upload, content, arrived);
        List<Part> parts = new ArrayList<>(arrived.values());
        parts.sort(Comparator.comparingInt(Part::number));
        beforeEffect.run();
        Entry.File stored = finish(upload.upload(), parts, path);
        memory().end(Side.RIGHT, path);
        return stored;
    }

    /// What an upload was begun for: the source's state, and what the storage was told to make sure of. Another wish
    /// needs another upload, as an upload keeps the condition that it was begun under.
    private static String fingerprint(Content content, WriteOptions options) {
        String durability = options.durability() == Durability.NOW ? " " + options.durability() : "";
        return content.fingerprint() + PARTED + options.condition() + durability;
    }

    /// Whether an upload was begun for this. One that brings its bytes to the medium does for a run that need not.
    private static boolean isFor(Unfinished unfinished, Content content, WriteOptions options) {
        return unfinished.fingerprint().equals(fingerprint(content, options))
                || unfinished.fingerprint().equals(fingerprint(content, options.with(Durability.NOW)));
    }

    /// Whether an upload was begun for a file in this state.
    static boolean isFor(Unfinished unfinished, Entry.File source) {
        return unfinished.fingerprint().startsWith(Tags.of(source) + PARTED);
    }

    private Entry.File finish(Upload upload, List<Part> parts, RelPath path) {
        try {
            return target().finishUpload(upload, parts);
        } catch (StorageException failure) {
            if (NEVER_A_FILE.contains(failure.kind())) {
                abandon(upload, path);
            }
            throw failure;
        }
    }

    /// The upload that an earlier run began for the same content, with the parts that are there.
    private Optional<Unfinished> goOn(RelPath path, Content content, WriteOptions options) {
        Optional<Unfinished> found = memory().unfinishedAt(Side.RIGHT, path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Unfinished unfinished = found.orElseThrow();
        boolean fits = isFor(unfinished, content, options)
                && content.size().isPresent()
                && content.size().orElseThrow() == unfinished.upload().rules().totalBytes();
        List<Part> there = fits ? listed(unfinished) : List.of();
        List<Part> kept = there.stream()
                .flatMap(part -> known(unfinished, part, content).stream())
                .toList();
        if (kept.isEmpty()) {
            abandon(unfinished.upload(), path);
            return Optional.empty();
        }
        return Optional.of(new Unfinished(
                Side.RIGHT, path, unfinished.upload(), unfinished.fingerprint(), unfinished.promises(), kept));
    }

    private List<Part> listed(Unfinished unfinished) {
        try {
            return target().listParts(unfinished.upload());
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_FOUND) {
                return List.of();
            }
            if (NOT_ALLOWED.contains(failure.kind())) {
                // Those whose arrival was answered: if one of them is gone, the finish says so.
                return unfinished.parts();
            }
            throw failure;
        }
    }

    /// A part counts if it is the one that was recorded; or if it was promised before its first byte was sent, and the
    /// storage can tell that it holds what was to be sent.
    private Optional<Part> known(Unfinished unfinished, Part part, Content content) {
        Optional<Part> recorded =
                unfinished.parts().stream().filter(one -> one.isListedAs(part)).findFirst();
        if (recorded.isPresent()) {
            return recorded;
        }
        scope.checkCancelled();
        String promise = unfinished.promises().get(part.number());
        Upload upload = unfinished.upload();
        if (promise == null
                || part.size() != upload.rules().range(part.number()).length()) {
            return Optional.empty();
        }
        Optional<Part> held = target().held(upload, part, promise, content);
        held.ifPresent(one -> memory().arrived(Side.RIGHT, unfinished.path(), one));
        return held;
    }

    private void abandon(Upload upload, RelPath path) {
        try {
            target().abandonUpload(upload);
        } catch (StorageException failure) {
            if (!NOT_ALLOWED.contains(failure.kind())) {
                throw failure;
            }
            scope.tally()
                    .warn("An unfinished upload of '%s' stays at the target: %s"
                            .formatted(path, Transfers.reason(failure)));
        }
        memory().end(Side.RIGHT, path);
    }

    /// A begin whose answer was lost is told again, once what it may have left was dropped: never blindly.
    private Unfinished begin(RelPath path, Content content, WriteOptions options) {
        for (int attempt = 1; ; attempt++) {
            try {
                return beginOnce(path, content, options);
            } catch (StorageException failure) {
                boolean mayPass = failure.where().verb() == Verb.BEGIN_UPLOAD
                        && failure.kind().retry() == ErrorKind.Retry.WITH_BACKOFF
                        && target().capabilities().can(Verb.LIST_UPLOADS);
                if (!mayPass || attempt == MOST_BEGINS) {
                    throw failure;
                }
                scope.checkCancelled();
            }
        }
    }

    private Unfinished beginOnce(RelPath path, Content content, WriteOptions options) {
        listedUploads(path).ifPresent(there -> {
            dropOwnUnknown(path, there);
            List<String> others =
                    target().listUploads(path).stream().map(PendingUpload::id).toList();
            memory().intend(Side.RIGHT, path, others);
        });
        Upload upload = target().beginUpload(path, content, options);
        var unfinished = new Unfinished(Side.RIGHT, path, upload, fingerprint(content, options), Map.of(), List.of());
        memory().begin(unfinished);
        memory().endIntent(Side.RIGHT, path);
        return unfinished;
    }

    /// Empty where they are not told: what a begin without an answer leaves is for the account's owner to remove.
    private Optional<List<PendingUpload>> listedUploads(RelPath path) {
        if (!target().capabilities().can(Verb.LIST_UPLOADS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(target().listUploads(path));
        } catch (StorageException failure) {
            if (NOT_ALLOWED.contains(failure.kind())) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /// An intent without an upload: the begin was told to the storage and its answer lost. What was not there before
    /// is ours.
    private void dropOwnUnknown(RelPath path, List<PendingUpload> there) {
        memory().intent(Side.RIGHT, path)
                .ifPresent(before -> there.stream()
                        .filter(pending -> !before.contains(pending.id()))
                        .forEach(target()::abandonPending));
    }

    private void sendMissing(Unfinished unfinished, Content content, Map<Integer, Part> arrived) {
        List<Integer> missing = new ArrayList<>();
        for (int number = 1; number <= unfinished.upload().rules().count(); number++) {
            if (!arrived.containsKey(number)) {
                missing.add(number);
            }
        }
        boolean together = target().capabilities().uploads().parts() == Capabilities.Parts.PARALLEL;
        if (!together || missing.size() < 2) {
            missing.forEach(number -> {
                Part part = send(unfinished, number, content);
                arrived.put(number, part);
            });
            return;
        }
        if (bothAreHere()) {
            // Code that is not compiled yet costs most where several threads run it: the first part goes alone.
            int first = missing.removeFirst();
            arrived.put(first, send(unfinished, first, content));
        }
        lanes.together(missing, number -> {
            Part part = send(unfinished, number, content);
            synchronized (arrived) {
                arrived.put(number, part);
            }
        });
    }

    private boolean bothAreHere() {
        return scope.source().identity().isHere() && target().identity().isHere();
    }

    private Part send(Unfinished unfinished, int number, Content content) {
        scope.checkCancelled();
        Upload upload = unfinished.upload();
        String promise = unfinished.promises().get(number);
        if (promise == null) {
            promise = target().promise(upload, number, content);
            // An empty one too: it says that the part is ours, should it arrive and its answer be lost.
            memory().promise(Side.RIGHT, unfinished.path(), number, promise);
        }
        Part part = target().putPart(upload, number, promise, content);
        memory().arrived(Side.RIGHT, unfinished.path(), part);
        return part;
    }
}
