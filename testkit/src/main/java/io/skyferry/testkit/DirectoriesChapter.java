package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import org.junit.jupiter.api.Test;

/// Of the contract: directories, real or made up from keys.
abstract class DirectoriesChapter extends ContractChapter {
    DirectoriesChapter(ContractPlace place) {
        super(place);
    }

    @Test
    void directoryOfAFileIsThere() {
        write("a/b/file", "content");
        assertThat(storage().stat(path("a"))).get().isInstanceOf(Entry.Directory.class);
        assertThat(storage().stat(path("a/b"))).get().isInstanceOf(Entry.Directory.class);
    }

    @Test
    void emptyDirectoryExistsWhereThatIsDeclared() {
        where(Verb.MAKE_DIRECTORY, () -> {
            storage().makeDirectory(path("a/empty"));
            if (hasDirectories()) {
                assertThat(storage().stat(path("a/empty"))).get().isInstanceOf(Entry.Directory.class);
                assertThat(tree("").stream().map(Entry::path)).containsExactlyInAnyOrder(path("a"), path("a/empty"));
                assertThat(children("a/empty")).isEmpty();
            }
        });
    }

    @Test
    void rootIsThereAlready() {
        where(Verb.MAKE_DIRECTORY, () -> {
            storage().makeDirectory(RelPath.ROOT);
            assertThat(children("")).isEmpty();
        });
    }

    @Test
    void fullDirectoryIsNotRemoved() {
        where(Verb.REMOVE_DIRECTORY, () -> {
            write("a/file", "content");
            if (hasDirectories()) {
                assertFails(
                        Verb.REMOVE_DIRECTORY,
                        "a",
                        () -> storage().removeDirectory(path("a")),
                        ErrorKind.DIRECTORY_NOT_EMPTY);
            }
            assertThat(text("a/file")).isEqualTo("content");
        });
    }

    @Test
    void emptyDirectoryIsRemoved() {
        where(Verb.REMOVE_DIRECTORY, () -> {
            write("a/b/file", "content");
            storage().delete(file("a/b/file"));
            storage().removeDirectory(path("a/b"));
            storage().removeDirectory(path("a"));
            storage().removeDirectory(path("never/was"));
            assertThat(tree("")).isEmpty();
        });
    }

    @Test
    void fileIsNotRemovedAsADirectory() {
        where(Verb.REMOVE_DIRECTORY, () -> {
            write("file", "content");
            assertFails(
                    Verb.REMOVE_DIRECTORY,
                    "file",
                    () -> storage().removeDirectory(path("file")),
                    ErrorKind.NOT_A_DIRECTORY);
            assertThat(text("file")).isEqualTo("content");
        });
    }

    @Test
    void directoryDoesNotTakeAFilesPlace() {
        where(Verb.MAKE_DIRECTORY, () -> {
            write("file", "content");
            if (hasDirectories()) {
                assertFails(
                        Verb.MAKE_DIRECTORY,
                        "file",
                        () -> storage().makeDirectory(path("file")),
                        ErrorKind.NOT_A_DIRECTORY);
                assertFails(
                        Verb.MAKE_DIRECTORY,
                        "file/below",
                        () -> storage().makeDirectory(path("file/below")),
                        ErrorKind.NOT_A_DIRECTORY);
            }
            assertThat(text("file")).isEqualTo("content");
        });
    }

    @Test
    void directoryIsNoFile() {
        write("a/file", "content");
        Entry.File seen = file("a/file");
        assertFails(
                Verb.DELETE,
                "a",
                () -> {
                    storage().delete(seen.at(path("a")));
                    if (!hasDirectories()) {
                        // A made-up directory is no file that could be deleted: missing is success.
                        throw StorageException.noEffect(
                                ErrorKind.NOT_A_FILE,
                                new StorageException.Where(storage().displayName(), Verb.DELETE, path("a")),
                                "Nothing was deleted");
                    }
                },
                ErrorKind.NOT_A_FILE,
                ErrorKind.PRECONDITION_FAILED);
        assertThat(text("a/file")).isEqualTo("content");
    }
}
