package io.skyferry.crypt;

import io.skyferry.storage.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// A source that changes while it is read and never says so.
final class ChangingContent implements Content {
    private byte[] bytes;
    private int opened;
    private final int changesAfter;

    /// @param changesAfter how often it is opened before it changes
    ChangingContent(byte[] bytes, int changesAfter) {
        this.bytes = bytes.clone();
        this.changesAfter = changesAfter;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(bytes.length);
    }

    /// Changes one byte of it.
    synchronized void change(int at) {
        bytes = bytes.clone();
        bytes[at] ^= 1;
    }

    @Override
    public synchronized InputStream open(long offset, long length) {
        if (opened++ == changesAfter) {
            change(bytes.length - 1);
        }
        int from = (int) Math.min(offset, bytes.length);
        return new ByteArrayInputStream(bytes, from, (int) Math.min(length, bytes.length - from));
    }

    @Override
    public String fingerprint() {
        return "always the same";
    }

    @Override
    public Optional<Origin> origin() {
        return Optional.empty();
    }
}
