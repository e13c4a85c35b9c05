package io.skyferry.storages.local;

import static io.skyferry.storages.local.Place.file;
import static io.skyferry.storages.local.Place.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Removal;
import io.skyferry.storage.Storage;
import io.skyferry.storages.local.disk.Disk;
import io.skyferry.storages.local.disk.DiskKind;
import io.skyferry.storages.local.disk.MeddlingDisk;
import io.skyferry.testkit.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EditsTest {
    @TempDir
    Path temp;

    private Place place;

    @BeforeEach
    void make() throws IOException {
        place = new Place(Files.createDirectory(temp.resolve("root")));
    }

    @AfterEach
    void close() {
        place.close();
    }

    /// Same size, same time, put back after the edit: the change time tells.
    @ParameterizedTest
    @EnumSource
    void editThatHidesItselfIsSeen(DiskKind kind) throws IOException {
        Path there = place.file("file", "one");
        Storage storage = place.storage(kind.disk());
        Entry.File seen = file(storage, "file");
        var time = Files.getLastModifiedTime(there);
        Files.writeString(there, "two");
        Files.setLastModifiedTime(there, time);
        assertThatThrownBy(() -> storage.delete(seen)).satisfies(Failures.ofKind(ErrorKind.PRECONDITION_FAILED));
        assertThatThrownBy(() -> storage.move(seen, path("moved")))
                .satisfies(Failures.ofKind(ErrorKind.PRECONDITION_FAILED));
        assertThatThrownBy(() -> storage.setModTime(seen, Instant.EPOCH))
                .satisfies(Failures.ofKind(ErrorKind.PRECONDITION_FAILED));
        assertThat(place.text("file")).isEqualTo("two");
    }

    /// Somebody replaces the file between the look and the move.
    @Test
    void fileOfSomebodyElseIsMovedBack() throws IOException {
        place.file("file", "seen");
        Path intruder = Files.writeString(temp.resolve("intruder"), "intruder");
        Disk disk = MeddlingDisk.over(DiskKind.LINUX.disk(), (name, arguments) -> {
            if (name.equals("rename") && Files.exists(intruder)) {
                Files.move(intruder, place.root().resolve("file"), StandardCopyOption.REPLACE_EXISTING);
            }
            return null;
        });
        Storage storage = place.storage(disk);
        Entry.File seen = file(storage, "file");
        assertThatThrownBy(() -> storage.move(seen, path("moved")))
                .satisfies(Failures.ofKind(ErrorKind.PRECONDITION_FAILED));
        assertThat(place.everything()).containsExactly("file");
        assertThat(place.text("file")).isEqualTo("intruder");
    }

    @ParameterizedTest
    @EnumSource
    void deletesNeverTakeDirectories(DiskKind kind) throws IOException {
        place.file("thing", "x");
        Storage storage = place.storage(kind.disk());
        Entry.File seen = file(storage, "thing");
        Files.delete(place.root().resolve("thing"));
        place.directory("thing");
        assertThatThrownBy(() -> storage.delete(seen)).satisfies(Failures.ofKind(ErrorKind.PRECONDITION_FAILED));
        assertThat(place.everything()).containsExactly("thing");
        Files.delete(place.root().resolve("thing"));
        assertThat(storage.delete(seen)).isEqualTo(new Removal.Missing());
    }

    @ParameterizedTest
    @EnumSource
    void directoriesAreRemovedOnlyWhenTheyAreEmptyAndTheRootNever(DiskKind kind) throws IOException {
        place.file("a/b", "x");
        place.file("file", "x");
        Storage storage = place.storage(kind.disk());
        assertThatThrownBy(() -> storage.removeDirectory(path("a")))
                .satisfies(Failures.ofKind(ErrorKind.DIRECTORY_NOT_EMPTY));
        assertThatThrownBy(() -> storage.removeDirectory(path("file")))
                .satisfies(Failures.ofKind(ErrorKind.NOT_A_DIRECTORY));
        assertThatThrownBy(() -> storage.removeDirectory(RelPath.ROOT)).satisfies(Failures.ofKind(ErrorKind.FORBIDDEN));
        storage.removeDirectory(path("none/at/all"));
        assertThat(place.everything()).containsExactly("a", "a/b", "file");
    }
}
