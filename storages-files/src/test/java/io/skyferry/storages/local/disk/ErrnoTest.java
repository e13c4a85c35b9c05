package io.skyferry.storages.local.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {
    @ParameterizedTest
    @CsvSource({
        "1, FORBIDDEN",
        "2, NOT_FOUND",
        "5, TROUBLE",
        "13, FORBIDDEN",
        "16, BUSY",
        "17, EXISTS",
        "18, OTHER_FILE_SYSTEM",
        "20, NOT_A_DIRECTORY",
        "21, IS_A_DIRECTORY",
        "22, BAD_NAME",
        "24, TOO_MANY_OPEN",
        "27, TOO_LARGE",
        "28, NO_SPACE",
        "30, READ_ONLY",
        "36, BAD_NAME",
        "38, UNSUPPORTED",
        "39, NOT_EMPTY",
        "40, LINK_IN_THE_WAY",
        "84, BAD_NAME",
        "95, UNSUPPORTED",
        "116, TROUBLE",
        "122, NO_SPACE",
        "999, OTHER"
    })
    void numberOfTheKernelIsOneFault(int errno, Fault fault) {
        DiskException failure = Errno.failure(-errno);
        assertThat(failure.fault()).isEqualTo(fault);
        assertThat(failure.words()).isNotBlank();
    }

    @Test
    void failuresOfTheJdkAreTheSameFaults() {
        assertThat(fault(new NoSuchFileException("x"))).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(new FileAlreadyExistsException("x"))).isEqualTo(Fault.EXISTS);
        assertThat(fault(new AccessDeniedException("x"))).isEqualTo(Fault.FORBIDDEN);
        assertThat(fault(new DirectoryNotEmptyException("x"))).isEqualTo(Fault.NOT_EMPTY);
        assertThat(fault(new FileSystemException("x", null, "File name too long")))
                .isEqualTo(Fault.BAD_NAME);
        assertThat(fault(new IOException("No space left on device"))).isEqualTo(Fault.NO_SPACE);
        assertThat(fault(new IOException("What nobody knows"))).isEqualTo(Fault.OTHER);
    }

    private static Fault fault(IOException failure) {
        return PortableFaults.failure(failure).fault();
    }

    @Test
    void optionsOfTheMountTableAreReadAsTheyAreWritten() {
        assertThat(LinuxMounts.plain("/mnt/two\\040words\\011tab\\134")).isEqualTo("/mnt/two words\ttab\\");
    }
}
