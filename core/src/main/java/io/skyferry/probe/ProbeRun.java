package io.skyferry.probe;

import io.skyferry.probe.Finding.Verdict;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Capabilities.Parts;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.Part;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One probe of one storage: the looks in order, each told as a [Finding].
final class ProbeRun {
    private static final Instant TIME = Instant.parse("2021-03-04T05:06:07.891234567Z");
    /// Larger parts are not tried: a probe should cost little.
    private static final long LARGEST_PART_TRIED = 16 << 20;

    private final Storage storage;
    private final Capabilities declared;
    private final RelPath directory;
    private final RelPath file;
    private final RelPath large;
    private final List<Finding> findings = new ArrayList<>();
    private boolean hopeless;
    private boolean mayNotWrite;
    private boolean refused;

    /// What a look does.
    private interface Look {
        Found found() throws IOException;
    }

    /// What a look found, in words.
    private record Found(Verdict verdict, String words) {
        static Found right(String words) {
            return new Found(Verdict.RIGHT, words);
        }

        static Found wrong(String words) {
            return new Found(Verdict.WRONG, words);
        }
    }

    ProbeRun(Storage storage, RelPath directory) {
        this.storage = storage;
        this.declared = storage.capabilities();
        this.directory = directory;
        this.file = directory.resolve("file");
        this.large = directory.resolve("large");
    }

    ProbeReport run() {
        look("list", this::lists);
        mayNotWrite = !declared.can(Verb.WRITE);
        lookIf(declared.can(Verb.WRITE), ProbeReport.WRITE, this::writes);
        if (mayNotWrite) {
            look("read", this::readsTheirs);
        } else if (!hopeless && findings.stream().noneMatch(finding -> finding.verdict() == Verdict.WRONG)) {
            look("read", this::reads);
            look("listing shows what was written", this::shows);
            lookIf(keepsTimes(), "modification times", this::keepsTime);
            lookIf(keeps(ConditionKind.ABSENT), "create only where nothing is", this::keepsAbsent);
            lookIf(keeps(ConditionKind.MATCHES), "replace only the version that was seen", this::keepsMatch);
            lookIf(declared.uploads().parts() != Parts.NONE, "upload in parts", this::takesParts);
            lookIf(declared.can(Verb.COPY), "copy inside the storage", this::copies);
            lookIf(declared.can(Verb.MOVE), "move inside the storage", this::moves);
            lookIf(declared.conditions().onDelete(), "delete only the version that was seen", this::keepsDelete);
            look("delete", this::deletes);
        }
        look("clean up", this::cleansUp);
        return new ProbeReport(findings, refused);
    }

    private boolean keeps(ConditionKind kind) {
        return declared.conditions().onWrite().contains(kind);
    }

    private boolean keepsTimes() {
        return declared.modTimes().keeping() != Keeping.NOT_KEPT;
    }

    private void lookIf(boolean offered, String what, Look look) {
        if (offered) {
            look(what, look);
        } else {
            findings.add(new Finding(what, Verdict.NOT_OFFERED, "not offered by this storage"));
        }
    }

    private void look(String what, Look look) {
        if (hopeless) {
            return;
        }
        Found found;
        try {
            found = look.found();
        } catch (StorageException failure) {
            found = Found.wrong(wordsFor(failure));
        } catch (IOException broken) {
            found = Found.wrong(wordsFor(StorageException.inStream(broken)));
        }
        findings.add(new Finding(what, found.verdict(), found.words()));
    }

    private String wordsFor(StorageException failure) {
        mayNotWrite |= failure.kind() == ErrorKind.FORBIDDEN && failure.where().verb() == Verb.WRITE;
        refused |= failure.kind() == ErrorKind.UNAUTHENTICATED;
        hopeless = switch (failure.kind()) {
            case UNAUTHENTICATED, MISCONFIGURED -> true;
            // Who does not answer at first answers nothing of what follows; a folder that is not there, perhaps because
            // nothing is mounted, must not be made by looking.
            case UNAVAILABLE, TIMEOUT, NOT_FOUND -> findings.isEmpty();
            default -> false;
        };
        String kind = switch (failure.kind()) {
            case UNAUTHENTICATED -> "the account is not let in; check the credential";
            case FORBIDDEN -> "the account may not do this; check its rights";
            case MISCONFIGURED -> "the settings are wrong";
            case QUOTA_EXCEEDED -> "no space is left";
            case NOT_FOUND -> "what was asked for is not there; check the bucket or folder";
            case UNAVAILABLE, TIMEOUT ->
                hopeless
                        ? "the server does not answer; check its address and the network"
                        : "the storage did not answer; try again later";
            case RATE_LIMITED -> "the storage asks for fewer requests; try again later";
            case ALREADY_EXISTS,
                    NOT_A_FILE,
                    NOT_A_DIRECTORY,
                    DIRECTORY_NOT_EMPTY,
                    PRECONDITION_FAILED,
                    NAME_REJECTED,
                    TOO_LARGE,
                    CONTENT_REJECTED,
                    ARCHIVED,
                    SOURCE_FAILED,
                    CORRUPT,
                    UNSUPPORTED,
                    UNEXPECTED -> "the storage refused";
        };
        String verb = failure.where().verb().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String path = failure.where().path().text();
        return "%s (%s%s: %s)"
                .formatted(kind, verb, path.isEmpty() ? "" : " '%s'".formatted(path), failure.getMessage());
    }

    private Found lists() {
        return Found.right(isEmpty() ? "works; nothing is there" : "works");
    }

    /// Where directories come and go with their files, one that is not there is an empty one.
    private boolean isEmpty() {
        try {
            return storage.list(ListRequest.children(RelPath.ROOT)).entries().isEmpty();
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_FOUND
                    && !declared.can(Verb.MAKE_DIRECTORY)
                    && declared.can(Verb.WRITE)) {
                return true;
            }
            throw failure;
        }
    }

    private Found writes() {
        Entry.File made = storage.write(file, small(1), WriteOptions.PLAIN.at(TIME));
        return made.size() == small(1).length()
                ? Found.right("works")
                : Found.wrong("it says that it stored %s bytes of %s".formatted(made.size(), small(1).length()));
    }

    private static ProbeContent small(int seed) {
        return new ProbeContent(3000, seed);
    }

    private Entry.File there(RelPath path) {
        Optional<Entry> found = storage.stat(path);
        if (found.isPresent() && found.orElseThrow() instanceof Entry.File seen) {
            return seen;
        }
        throw StorageException.noEffect(
                ErrorKind.NOT_FOUND,
                new StorageException.Where(storage.displayName(), Verb.STAT, path),
                "Want the file that was written but have %s".formatted(found));
    }

    /// An account that may not write can still be a source, if it may read.
    private Found readsTheirs() throws IOException {
        for (Entry entry : storage.list(ListRequest.children(RelPath.ROOT)).entries()) {
            if (entry instanceof Entry.File seen && seen.size() > 0) {
                try (Body body = storage.read(seen, new ByteRange(0, 1))) {
                    return body.stream().readAllBytes().length == 1
                            ? Found.right("works: the account can be a source, but no target")
                            : Found.wrong("asked for the first byte of '%s', it gives none".formatted(seen.path()));
                }
            }
        }
        return new Found(Verdict.NOT_OFFERED, "not tried: no file is there to read, and none can be written");
    }

    private Found reads() throws IOException {
        if (!isMadeOf(file, small(1), ByteRange.ALL)) {
            return Found.wrong("it gives back other bytes than it was given");
        }
        return isMadeOf(file, small(1), new ByteRange(1000, 500))
                ? Found.right("works, whole and in part")
                : Found.wrong("asked for a part, it gives other bytes");
    }

    private boolean isMadeOf(RelPath path, ProbeContent content, ByteRange range) throws IOException {
        try (Body body = storage.read(there(path), range)) {
            byte[] read = body.stream().readAllBytes();
            return read.length == range.lengthIn(content.length()) && content.holds(read, range.offset());
        }
    }

    private Found shows() {
        boolean shown = children().stream().anyMatch(entry -> entry.path().equals(file));
        if (shown) {
            return Found.right("at once");
        }
        return declared.listing().consistent()
                ? Found.wrong("a listing does not show a file that was just written, so listings cannot be relied on")
                : Found.right("after a while, as this storage says of itself");
    }

    private List<Entry> children() {
        List<Entry> all = new ArrayList<>();
        ListRequest next = ListRequest.children(directory);
        while (true) {
            ListPage page = storage.list(next);
            all.addAll(page.entries());
            if (page.next().isEmpty()) {
                return all;
            }
            next = next.goOnAfter(page.next().orElseThrow());
        }
    }

    private Found keepsTime() {
        Optional<Instant> kept = there(file).modTime().known();
        Duration precision = declared.modTimes().precision();
        boolean close = kept.isPresent()
                && Duration.between(kept.orElseThrow(), TIME).abs().compareTo(precision) < 0;
        return close
                ? Found.right("kept to " + words(precision))
                : Found.wrong("asked to keep the time %s to %s, it keeps %s"
                        .formatted(
                                TIME,
                                words(precision),
                                kept.map(Instant::toString).orElse("none")));
    }

    private static String words(Duration precision) {
        long nanos = precision.toNanos();
        if (nanos % 1_000_000_000 == 0) {
            return nanos / 1_000_000_000 + " s";
        }
        if (nanos % 1_000_000 == 0) {
            return nanos / 1_000_000 + " ms";
        }
        return nanos % 1000 == 0 ? nanos / 1000 + " µs" : nanos + " ns";
    }

    private Found keepsAbsent() throws IOException {
        return refuses(() -> storage.write(file, small(2), WriteOptions.PLAIN.under(new Condition.Absent())))
                        && isMadeOf(file, small(1), ByteRange.ALL)
                ? Found.right("works: two writers at once lose nothing")
                : Found.wrong(
                        "told to create only where nothing is, it overwrote a file: two writers at once may lose data");
    }

    private Found keepsMatch() throws IOException {
        Entry.File old = there(file);
        if (old.version().isEmpty()) {
            return Found.wrong("it gives files no version, so none can be asked for");
        }
        storage.write(file, small(3), WriteOptions.PLAIN.at(TIME));
        var condition = new Condition.Matches(old.version().orElseThrow());
        return refuses(() -> storage.write(file, small(2), WriteOptions.PLAIN.under(condition)))
                        && isMadeOf(file, small(3), ByteRange.ALL)
                ? Found.right("works: two writers at once lose nothing")
                : Found.wrong(
                        "told to replace one version only, it replaced another: two writers at once may lose data");
    }

    private static boolean refuses(Runnable call) {
        try {
            call.run();
            return false;
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.PRECONDITION_FAILED || failure.kind() == ErrorKind.ALREADY_EXISTS) {
                return true;
            }
            throw failure;
        }
    }

    private Found takesParts() throws IOException {
        if (declared.uploads().minPart() > LARGEST_PART_TRIED) {
            return new Found(
                    Verdict.NOT_OFFERED,
                    "not tried: its parts have at least %s bytes"
                            .formatted(declared.uploads().minPart()));
        }
        var content = new ProbeContent(declared.uploads().minPart() + 1000, 4);
        Upload upload = storage.beginUpload(large, content, WriteOptions.PLAIN);
        List<Part> parts = new ArrayList<>();
        for (int number = 1; number <= upload.rules().count(); number++) {
            parts.add(storage.putPart(upload, number, storage.promise(upload, number, content), content));
        }
        if (storage.listParts(upload).size() != parts.size()) {
            return Found.wrong("it lost parts of an upload, so that one that breaks off cannot go on");
        }
        storage.finishUpload(upload, parts);
        boolean end = isMadeOf(large, content, new ByteRange(content.length() - 2000, 2000));
        return end && there(large).size() == content.length()
                ? Found.right("works: an upload that breaks off goes on where it was")
                : Found.wrong("a file sent in parts came out with other bytes");
    }

    private Found copies() throws IOException {
        RelPath copy = directory.resolve("copy");
        Entry.File seen = there(file);
        storage.copy(seen, copy, WriteOptions.PLAIN);
        return there(copy).size() == seen.size()
                ? Found.right("works, without sending the bytes again")
                : Found.wrong("a copy inside the storage came out with another size");
    }

    private Found moves() {
        RelPath from = directory.resolve("from");
        RelPath to = directory.resolve("to");
        Entry.File seen = storage.write(from, small(5), WriteOptions.PLAIN);
        storage.move(seen, to);
        return there(to).size() == seen.size() && storage.stat(from).isEmpty()
                ? Found.right("works, without sending the bytes again")
                : Found.wrong("a file that was moved is in two places or in none");
    }

    private Found keepsDelete() {
        Entry.File old = there(file);
        storage.write(file, small(6), WriteOptions.PLAIN);
        return refuses(() -> storage.delete(old))
                ? Found.right("works: what was edited meanwhile is never deleted")
                : Found.wrong("told to delete one version only, it deleted another");
    }

    private Found deletes() {
        storage.delete(there(file));
        return storage.stat(file).isEmpty()
                ? Found.right("works")
                : Found.wrong("a file that was deleted is still there");
    }

    private Found cleansUp() {
        if (storage.stat(directory).isEmpty()) {
            return Found.right("nothing is left");
        }
        for (String name : List.of("file", "large", "copy", "from", "to")) {
            RelPath path = directory.resolve(name);
            if (storage.stat(path).isPresent() && storage.stat(path).orElseThrow() instanceof Entry.File left) {
                storage.delete(left);
            }
        }
        if (declared.can(Verb.LIST_UPLOADS)) {
            for (PendingUpload pending : storage.listUploads(large)) {
                storage.abandonPending(pending);
            }
        }
        if (declared.can(Verb.REMOVE_DIRECTORY)) {
            storage.removeDirectory(directory);
        }
        return storage.stat(directory).isEmpty()
                ? Found.right("nothing is left")
                : Found.wrong("something is left in '%s'; it can be deleted".formatted(directory));
    }
}
