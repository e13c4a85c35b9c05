package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import java.util.function.Consumer;

/// What tests want of failures.
public final class Failures {
    private Failures() {}

    /// Wants a failure that a storage told, of this kind.
    public static Consumer<Throwable> ofKind(ErrorKind kind) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        told -> assertThat(told.kind())
                                .as(String.valueOf(told.getMessage()))
                                .isEqualTo(kind));
    }
}
