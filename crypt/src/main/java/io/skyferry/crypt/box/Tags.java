package io.skyferry.crypt.box;

/// A way to compute tags of Poly1305. Safe for many threads.
@FunctionalInterface
interface Tags {
    /// As [SecretBoxKernel#tag].
    void tag(byte[] key, byte[] message, int at, int length, byte[] tag);
}
