package io.skyferry.storages.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Effect;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.local.disk.DiskKind;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.MeddlingDisk;
import io.skyferry.testkit.BytesContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalErrorsTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({
        "NO_SPACE, QUOTA_EXCEEDED",
        "FORBIDDEN, FORBIDDEN",
        "READ_ONLY, FORBIDDEN",
        "BAD_NAME, NAME_REJECTED",
        "TOO_LARGE, TOO_LARGE",
        "TROUBLE, UNAVAILABLE",
        "TOO_MANY_OPEN, UNAVAILABLE",
        "OTHER, UNEXPECTED"
    })
    void faultOfTheDiskIsToldInTheStoragesTerms(Fault fault, ErrorKind kind) throws IOException {
        try (Place place = new Place(Files.createDirectory(temp.resolve("root")))) {
            Storage storage = place.storage(MeddlingDisk.failing(DiskKind.LINUX.disk(), "write", fault));
            assertThatThrownBy(() -> storage.write(Place.path("a/file"), BytesContent.of("x"), WriteOptions.PLAIN))
                    .isInstanceOfSatisfying(StorageException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(kind);
                        assertThat(failure.effect()).isEqualTo(Effect.NONE);
                        assertThat(failure.where().verb()).isEqualTo(Verb.WRITE);
                        assertThat(failure.where().path()).isEqualTo(Place.path("a/file"));
                        assertThat(failure).hasMessage("'a/file': Meddled with write");
                    });
            assertThat(place.everything()).as("no temporary file").containsExactly("a");
        }
    }

    /// Whatever step of a write fails, what was there stays and nothing of ours is left.
    @ParameterizedTest
    @ValueSource(strings = {"create", "write", "setTime", "adopt", "sync", "rename", "settle"})
    void writeThatFailsAnywhereChangesNothing(String step) throws IOException {
        try (Place place = new Place(Files.createDirectory(temp.resolve("root")))) {
            place.file("file", "before");
            Storage storage = place.storage(
                    MeddlingDisk.failing(DiskKind.LINUX.disk(), step, Fault.TROUBLE),
                    "fsync",
                    step.equals("sync") ? "on" : "off");
            WriteOptions options = WriteOptions.PLAIN.at(Instant.EPOCH);
            assertThatThrownBy(() -> storage.write(Place.path("file"), BytesContent.of("after"), options))
                    .isInstanceOf(StorageException.class);
            assertThat(place.everything()).containsExactly("file");
            assertThat(place.text("file")).isEqualTo("before");
        }
    }
}
