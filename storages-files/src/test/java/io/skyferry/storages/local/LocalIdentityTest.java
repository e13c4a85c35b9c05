package io.skyferry.storages.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.Capabilities.Names;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storages.local.LocalSettings.Probing;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskKind;
import io.skyferry.storages.local.disk.FileSystem;
import io.skyferry.storages.local.disk.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalIdentityTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({
        "/tank/data, /tank/data",
        "/, /",
        "/tank/data/.zfs/snapshot/daily-1/docs/a, /tank/data/docs/a",
        "/tank/data/.zfs/snapshot/daily-1, /tank/data",
        "/home/.snapshots/12/snapshot/me, /home/me",
        "/.snapshots/12/snapshot, /",
        "/vol/.snapshot/hourly.0/me, /vol/me",
        "/volume1/share/#snapshot/GMT-1/x, /volume1/share/x",
        "/tank/.zfs/other/x, /tank/.zfs/other/x",
        "/home/.snapshots/12/other, /home/.snapshots/12/other",
        "/vol/.snapshot, /vol/.snapshot"
    })
    void snapshotStandsForTheFolderItWasTakenOf(String path, String expected) {
        assertThat(LocalIdentity.unsnapshot(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ext4, /dev/sda1, 1234-5678, uuid:1234-5678",
        "ext4, /dev/sda1, '', ext4:/dev/sda1",
        "zfs, tank/data@daily-1, '', zfs:tank/data",
        "zfs, tank/data, '', zfs:tank/data",
        "nfs4, server:/export@home, '', nfs4:server:/export@home",
        "tmpfs, tmpfs, '', tmpfs:tmpfs"
    })
    void volumeIsWhatHoldsTheFolder(String type, String source, String uuid, String expected) {
        Optional<String> known = uuid.isEmpty() ? Optional.empty() : Optional.of(uuid);
        assertThat(LocalIdentity.volume(new FileSystem(type, source, "rw", known, false)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void samePlaceHasOneIdentityWhateverThePath(DiskKind kind) throws IOException {
        Path real = Files.createDirectory(temp.resolve("real\u00e9"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), real);
        try (Place direct = new Place(real);
                Place linked = new Place(link);
                Place dotted = new Place(temp.resolve("./link/../link"))) {
            Storage storage = direct.storage(kind.disk());
            StorageIdentity identity = storage.identity();
            assertThat(identity.root()).isEqualTo(real.toRealPath().toString());
            assertThat(identity.volume()).isNotEmpty();
            assertThat(identity.isHere()).isTrue();
            assertThat(linked.storage(kind.disk()).identity()).isEqualTo(identity);
            assertThat(dotted.storage(kind.disk()).identity()).isEqualTo(identity);
        }
    }

    @Test
    void volumeOfAFolderThatIsNotThereYetIsThatOfTheOneAboveIt() throws IOException {
        try (Place there = new Place(temp);
                Place missing = new Place(temp.resolve("not/yet"))) {
            StorageIdentity identity = missing.storage(DiskKind.LINUX.disk()).identity();
            StorageIdentity above = there.storage(DiskKind.LINUX.disk()).identity();
            assertThat(identity.volume()).isEqualTo(above.volume());
            assertThat(identity.root()).isEqualTo(above.root() + "/not/yet");
            assertThat(there.everything()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ext4, rw, false, true, true",
        "ext4, rw, true, false, false",
        "xfs, rw, false, true, true",
        "btrfs, rw, false, true, true",
        "zfs, 'rw,xattr,casesensitive', false, true, true",
        "zfs, 'rw,xattr,caseinsensitive', false, false, true",
        "zfs, 'rw,casemixed', false, false, true"
    })
    void namesThatAFileSystemTellsApartAreKnownByItsKind(
            String type, String options, boolean folding, boolean caseSensitive, boolean keepsForm)
            throws DiskException {
        FileSystem system = new FileSystem(type, "x", options, Optional.empty(), folding);
        try (Folder folder = DiskKind.LINUX.disk().open(Place.bytes(temp.toString()))) {
            assertThat(new NameProbe(folder, Probing.WRITE).namesOf(system))
                    .isEqualTo(new Names(caseSensitive, keepsForm));
        }
    }

    /// This machine's temporary folder tells all names apart: a probe must find that out, by each way.
    @ParameterizedTest
    @ValueSource(strings = {"LOOK", "WRITE"})
    void unknownFileSystemIsProbedAndNothingStaysBehind(String how) throws IOException {
        FileSystem system = new FileSystem("fuse.strange", "x", "rw", Optional.empty(), false);
        try (Place place = new Place(temp);
                Folder folder = DiskKind.LINUX.disk().open(Place.bytes(temp.toString()))) {
            assertThat(new NameProbe(folder, Probing.valueOf(how)).namesOf(system))
                    .isEqualTo(Names.EXACT);
            assertThat(place.everything()).isEmpty();
            place.file("Some Name", "");
            assertThat(new NameProbe(folder, Probing.valueOf(how)).namesOf(system))
                    .isEqualTo(Names.EXACT);
            assertThat(place.everything()).containsExactly("Some Name");
        }
    }

    /// On a file system that folds case both spellings are one file; two names of one file look the same.
    @Test
    void foldingIsFoundByLooking() throws IOException {
        FileSystem system = new FileSystem("fuse.strange", "x", "rw", Optional.empty(), false);
        try (Place place = new Place(temp);
                Folder folder = DiskKind.LINUX.disk().open(Place.bytes(temp.toString()))) {
            Files.createLink(temp.resolve("READ.me"), place.file("read.ME", ""));
            assertThat(new NameProbe(folder, Probing.LOOK).namesOf(system).caseSensitive())
                    .isFalse();
        }
    }

    @Test
    void coarseTimesAreKnownByTheKindOfFileSystem() {
        assertThat(LocalCapabilities.precision("vfat")).isEqualTo(Duration.ofSeconds(2));
        assertThat(LocalCapabilities.precision("exfat")).isEqualTo(Duration.ofMillis(10));
        assertThat(LocalCapabilities.precision("ext4")).isEqualTo(Duration.ofNanos(1));
    }
}
