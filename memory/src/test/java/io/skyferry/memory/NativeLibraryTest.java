package io.skyferry.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @TempDir
    private Path folder;

    private Path unpacked() throws IOException, URISyntaxException {
        String resource = NativeLibrary.resource();
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        return NativeLibrary.unpacked(folder, resource, name).resolve(name);
    }

    @Test
    void libraryIsUnpackedOnce() throws IOException, URISyntaxException {
        Path library = unpacked();
        assertThat(library).isNotEmptyFile();
        Files.setLastModifiedTime(library, FileTime.from(Instant.EPOCH));
        assertThat(unpacked()).isEqualTo(library);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(FileTime.from(Instant.EPOCH));
        try (Stream<Path> files = Files.list(library.getParent())) {
            assertThat(files).containsExactly(library);
        }
    }

    @Test
    void libraryThatRottedIsUnpackedAgain() throws IOException, URISyntaxException {
        Path library = unpacked();
        byte[] whole = Files.readAllBytes(library);
        byte[] rotten = whole.clone();
        rotten[whole.length / 2] ^= 1;
        Files.write(library, rotten);
        assertThat(unpacked()).hasBinaryContent(whole);
        Files.write(library, new byte[] {1}, StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(unpacked()).hasBinaryContent(whole);
    }
}
