package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Capabilities.Parts;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.Part;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Of the contract: uploads in parts, which go on after a crash.
abstract class PartsChapter extends ContractChapter {
    private static final String FILE = "a/large";

    PartsChapter(ContractPlace place) {
        super(place);
    }

    private byte[] content() {
        long part = storage().capabilities().uploads().minPart();
        long size = Math.max(part, storage().capabilities().uploads().alignment()) * 2 + 321;
        return bytes((int) Math.min(size, 40_000_000), 11);
    }

    private Upload begin(byte[] content) {
        return storage().beginUpload(path(FILE), BytesContent.of(content), WriteOptions.PLAIN);
    }

    private Part put(Upload upload, int number, Content content) {
        return storage().putPart(upload, number, storage().promise(upload, number, content), content);
    }

    private List<Part> putAll(Upload upload, byte[] content) {
        List<Part> parts = new ArrayList<>();
        for (int number = 1; number <= upload.rules().count(); number++) {
            parts.add(put(upload, number, BytesContent.of(content)));
        }
        return parts;
    }

    @Test
    void partsMakeTheWhole() {
        where(Verb.BEGIN_UPLOAD, () -> {
            byte[] content = content();
            Upload upload = begin(content);
            Entry.File made = storage().finishUpload(upload, putAll(upload, content));
            assertThat(made.path()).isEqualTo(path(FILE));
            assertThat(made.size()).isEqualTo(content.length);
            assertThat(made.version()).isEqualTo(file(FILE).version());
            assertHolds(FILE, content);
            assertThat(storage().listUploads(path(FILE))).isEmpty();
        });
    }

    @Test
    void rulesKeepToWhatIsDeclared() {
        where(Verb.BEGIN_UPLOAD, () -> {
            var declared = storage().capabilities().uploads();
            Upload upload = begin(content());
            assertThat(declared.parts()).isNotEqualTo(Parts.NONE);
            assertThat(upload.rules().totalBytes()).isEqualTo(content().length);
            assertThat(upload.rules().partBytes()).isBetween(declared.minPart(), declared.maxPart());
            assertThat(upload.rules().partBytes() % declared.alignment()).isZero();
            assertThat(upload.rules().count()).isLessThanOrEqualTo(declared.maxParts());
            storage().abandonUpload(upload);
        });
    }

    @Test
    void nothingShowsBeforeTheEnd() {
        where(Verb.BEGIN_UPLOAD, () -> {
            byte[] content = content();
            Upload upload = begin(content);
            assertNothingAt(FILE);
            put(upload, 1, BytesContent.of(content));
            assertNothingAt(FILE);
            storage().abandonUpload(upload);
            assertNothingAt(FILE);
        });
    }

    @Test
    void whatIsThereStaysUntilTheEnd() {
        where(Verb.BEGIN_UPLOAD, () -> {
            write(FILE, "there before");
            byte[] content = content();
            Upload upload = begin(content);
            List<Part> parts = putAll(upload, content);
            assertThat(text(FILE)).isEqualTo("there before");
            storage().finishUpload(upload, parts);
            assertHolds(FILE, content);
        });
    }

    @Test
    void partsArriveInAnyOrderWhereThatIsDeclared() {
        if (storage().capabilities().uploads().parts() == Parts.PARALLEL) {
            byte[] content = content();
            Upload upload = begin(content);
            List<Part> parts = new ArrayList<>();
            for (int number = upload.rules().count(); number >= 1; number--) {
                parts.addFirst(put(upload, number, BytesContent.of(content)));
            }
            storage().finishUpload(upload, parts);
            assertHolds(FILE, content);
        }
    }

    @Test
    void uploadGoesOnAfterACrash() {
        where(Verb.BEGIN_UPLOAD, () -> {
            byte[] content = content();
            Upload begun = begin(content);
            Part first = put(begun, 1, BytesContent.of(content));
            var stored = new Upload(begun.file(), begun.token(), begun.rules());
            List<Part> arrived = storage().listParts(stored);
            assertThat(arrived).extracting(Part::number).containsExactly(1);
            assertThat(arrived).extracting(Part::size).containsExactly(first.size());
            List<Part> parts = new ArrayList<>();
            assertThat(first.isListedAs(arrived.getFirst())).isTrue();
            parts.add(first);
            for (int number = 2; number <= stored.rules().count(); number++) {
                parts.add(put(stored, number, BytesContent.of(content)));
            }
            storage().finishUpload(stored, parts);
            assertHolds(FILE, content);
        });
    }

    @Test
    void listedPartIsKnownByItsBytes() {
        where(Verb.BEGIN_UPLOAD, () -> {
            byte[] content = content();
            Upload upload = begin(content);
            String promise = storage().promise(upload, 1, BytesContent.of(content));
            storage().putPart(upload, 1, promise, BytesContent.of(content));
            List<Part> parts = new ArrayList<>(storage().listParts(upload));
            // Where nothing tells, whoever asks has to send it again.
            parts.set(
                    0,
                    storage()
                            .held(upload, parts.getFirst(), promise, BytesContent.of(content))
                            .orElseGet(() -> put(upload, 1, BytesContent.of(content))));
            for (int number = 2; number <= upload.rules().count(); number++) {
                parts.add(put(upload, number, BytesContent.of(content)));
            }
            storage().finishUpload(upload, parts);
            assertHolds(FILE, content);
        });
    }

    @Test
    void partIsSentAgain() {
        where(Verb.BEGIN_UPLOAD, () -> {
            byte[] content = content();
            Upload upload = begin(content);
            put(upload, 1, BytesContent.of(content));
            List<Part> parts = putAll(upload, content);
            storage().finishUpload(upload, parts);
            assertHolds(FILE, content);
        });
    }

    @Test
    void finishIsRepeated() {
        where(Verb.BEGIN_UPLOAD, () -> {
            byte[] content = content();
            Upload upload = begin(content);
            List<Part> parts = putAll(upload, content);
            Entry.File first = storage().finishUpload(upload, parts);
            Entry.File again = storage().finishUpload(upload, parts);
            assertThat(again.version()).isEqualTo(first.version());
            assertThat(again.size()).isEqualTo(content.length);
        });
    }

    @Test
    void missingPartKeepsTheFileFromBeingMade() {
        where(Verb.BEGIN_UPLOAD, () -> {
            byte[] content = content();
            Upload upload = begin(content);
            List<Part> parts = List.of(put(upload, 1, BytesContent.of(content)));
            assertThat(failureOf(() -> storage().finishUpload(upload, parts))
                            .kind()
                            .retry())
                    .isEqualTo(ErrorKind.Retry.NEVER);
            assertNothingAt(FILE);
            storage().abandonUpload(upload);
        });
    }

    @Test
    void emptyContentIsOnePart() {
        where(Verb.BEGIN_UPLOAD, () -> {
            Upload upload = begin(new byte[0]);
            assertThat(upload.rules().count()).isEqualTo(1);
            storage().finishUpload(upload, putAll(upload, new byte[0]));
            assertThat(file(FILE).size()).isZero();
        });
    }

    @Test
    void conditionHoldsWhenTheFileIsMade() {
        where(Verb.BEGIN_UPLOAD, () -> {
            byte[] content = content();
            Upload upload = storage().beginUpload(path(FILE), BytesContent.of(content), ABSENT);
            List<Part> parts = putAll(upload, content);
            write(FILE, "came in between");
            if (storage().capabilities().conditions().onWrite().contains(ConditionKind.ABSENT)) {
                assertFails(
                        Verb.FINISH_UPLOAD,
                        FILE,
                        () -> storage().finishUpload(upload, parts),
                        ErrorKind.ALREADY_EXISTS,
                        ErrorKind.PRECONDITION_FAILED);
                assertThat(text(FILE)).isEqualTo("came in between");
            }
        });
    }

    @Test
    void timeIsThatOfTheBeginning() {
        where(Verb.BEGIN_UPLOAD, () -> {
            byte[] content = content();
            String time = "2024-05-06T07:08:09.123456789Z";
            Upload upload = storage()
                    .beginUpload(path(FILE), BytesContent.of(content), WriteOptions.PLAIN.at(Instant.parse(time)));
            storage().finishUpload(upload, putAll(upload, content));
            if (file(FILE).modTime() instanceof ModTime.Known(Instant at)) {
                assertThat(at).isEqualTo(kept(time));
            }
        });
    }

    @Test
    void unfinishedUploadsAreListedAndDropped() {
        where(Verb.LIST_UPLOADS, () -> {
            byte[] content = content();
            assertThat(storage().listUploads(path(FILE))).isEmpty();
            Upload one = begin(content);
            Upload other = begin(content);
            put(other, 1, BytesContent.of(content));
            List<PendingUpload> pending = storage().listUploads(path(FILE));
            assertThat(pending).hasSize(2);
            assertThat(pending).extracting(PendingUpload::file).containsOnly(path(FILE));
            assertThat(pending).extracting(PendingUpload::id).doesNotHaveDuplicates();
            assertThat(storage().listUploads(path("a/other"))).isEmpty();
            storage().abandonUpload(one);
            storage().abandonUpload(one);
            assertThat(storage().listUploads(path(FILE))).hasSize(1);
            PendingUpload left = storage().listUploads(path(FILE)).getFirst();
            storage().abandonPending(left);
            storage().abandonPending(left);
            assertThat(storage().listUploads(path(FILE))).isEmpty();
            assertNothingAt(FILE);
        });
    }

    @Test
    void abandonedUploadTakesNoParts() {
        where(Verb.ABANDON_UPLOAD, () -> {
            byte[] content = content();
            Upload upload = begin(content);
            Part part = put(upload, 1, BytesContent.of(content));
            storage().abandonUpload(upload);
            assertFails(
                    Verb.FINISH_UPLOAD,
                    FILE,
                    () -> storage().finishUpload(upload, List.of(part)),
                    ErrorKind.NOT_FOUND,
                    ErrorKind.PRECONDITION_FAILED);
            assertNothingAt(FILE);
        });
    }
}
