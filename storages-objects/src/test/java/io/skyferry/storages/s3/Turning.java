package io.skyferry.storages.s3;

import io.skyferry.storage.Content;
import io.skyferry.testkit.BytesContent;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/// A content that is another one from its second reading on.
record Turning(BytesContent first, BytesContent then, AtomicBoolean isRead) implements Content {
    Turning(BytesContent first, BytesContent then) {
        this(first, then, new AtomicBoolean());
    }

    @Override
    public OptionalLong size() {
        return first.size();
    }

    @Override
    public InputStream open(long offset, long length) {
        return (isRead.getAndSet(true) ? then : first).open(offset, length);
    }

    @Override
    public String fingerprint() {
        return first.fingerprint();
    }

    @Override
    public Optional<Origin> origin() {
        return first.origin();
    }
}
