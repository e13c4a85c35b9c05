package io.skyferry.testkit;

import io.skyferry.storage.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// A content that breaks when so many bytes were taken from one opening of it.
final class BreakingContent implements Content {
    private final Content inner;
    private final long afterBytes;
    private final BreakingStream.Breaking breaking;

    BreakingContent(Content inner, long afterBytes, BreakingStream.Breaking breaking) {
        this.inner = inner;
        this.afterBytes = afterBytes;
        this.breaking = breaking;
    }

    @Override
    public OptionalLong size() {
        return inner.size();
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        return new BreakingStream(inner.open(offset, length), afterBytes, breaking);
    }

    @Override
    public String fingerprint() {
        return inner.fingerprint();
    }

    @Override
    public Optional<Origin> origin() {
        return Optional.empty();
    }
}
