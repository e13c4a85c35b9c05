package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.simulators.s3.S3Fault;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.KeyRange;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.testkit.Failures;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which version of listings a server of no known kind is asked for when it fails.
class ListVersionTest {
    private static final RelPath FILE = new RelPath("a/file");

    private final Simulated simulated = new Simulated(S3Rules.AMAZON);

    @AfterEach
    void stop() {
        simulated.close();
    }

    private Storage unknown() {
        return simulated.open(Simulated.BUCKET, S3Settings.PROVIDER, "other");
    }

    private void failNext(String operation, int times) {
        for (int i = 0; i < times; i++) {
            simulated.server().faults().next(operation, S3Fault.internalError());
        }
    }

    @Test
    void serverOfNoKnownKindThatFailsTwiceAtListingsIsAskedForTheOlderVersionFromThenOn() {
        simulated.server().put(Simulated.BUCKET, "a/file", new byte[1], Map.of());
        try (Storage unknown = unknown()) {
            failNext("ListObjectsV2", 3);
            assertThatThrownBy(() -> unknown.list(ListRequest.tree(RelPath.ROOT)))
                    .satisfies(Failures.ofKind(ErrorKind.UNAVAILABLE));
            assertThat(unknown.list(ListRequest.tree(RelPath.ROOT)).entries()).hasSize(2);
            // The third failure still waits for somebody who asks for version 2.
            assertThat(unknown.stat(FILE.parent())).isPresent();
            KeyRange behind = new KeyRange(Optional.of("a/g"), Optional.empty());
            assertThat(unknown.list(new ListRequest(
                                    RelPath.ROOT,
                                    ListRequest.Depth.TREE,
                                    behind,
                                    Optional.empty(),
                                    ListRequest.Descent.EVERYWHERE))
                            .entries())
                    .isEmpty();
        }
    }

    @Test
    void lookAtADirectoryFindsTheOlderVersionToo() {
        simulated.server().put(Simulated.BUCKET, "a/file", new byte[1], Map.of());
        try (Storage unknown = unknown()) {
            simulated
                    .server()
                    .faults()
                    .next("ListObjectsV2", new S3Fault.Refuses(501, "NotImplemented", Optional.empty()));
            assertThat(unknown.stat(FILE.parent())).isPresent();
        }
    }

    @Test
    void oneFailureLeavesTheVersionAsItIs() {
        try (Storage unknown = unknown()) {
            for (int i = 0; i < 3; i++) {
                failNext("ListObjectsV2", 1);
                assertThatThrownBy(() -> unknown.list(ListRequest.tree(RelPath.ROOT)))
                        .satisfies(Failures.ofKind(ErrorKind.UNAVAILABLE));
                assertThat(unknown.list(ListRequest.tree(RelPath.ROOT)).entries())
                        .isEmpty();
            }
        }
    }

    @Test
    void serverThatFailsWithBothVersionsSaysWhatItSaidOfTheNewer() {
        try (Storage unknown = unknown()) {
            failNext("ListObjectsV2", 2);
            simulated.server().faults().next("ListObjects", S3Fault.slowDown());
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> unknown.list(ListRequest.tree(RelPath.ROOT)))
                        .satisfies(Failures.ofKind(ErrorKind.UNAVAILABLE));
            }
            assertThat(unknown.list(ListRequest.tree(RelPath.ROOT)).entries()).isEmpty();
        }
    }
}
