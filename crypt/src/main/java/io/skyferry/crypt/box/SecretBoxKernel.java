package io.skyferry.crypt.box;

/// The two inner loops of a secret box: a stream cipher and a one-time authenticator.
///
/// All implementations give the same bytes; they differ in speed alone. Each is safe for many threads.
///
/// Source: "Salsa20 specification" and "The Poly1305-AES message-authentication code", D. J. Bernstein,
/// 2005.
public interface SecretBoxKernel {
    /// `scalar`, `wide`, `vector`: for reports and benchmarks.
    String name();

    /// Combines bytes with the stream of Salsa20.
    ///
    /// @param state the 16 words that the first block of the stream is made of, its counter in words 8
    ///     and 9
    /// @param fromAt where the bytes begin
    /// @param toAt where they go; the same array and place as `from` is allowed
    void xor(int[] state, byte[] from, int fromAt, byte[] to, int toAt, int length);

    /// Computes the tag of Poly1305.
    ///
    /// @param key 32 bytes, never used for two messages
    /// @param tag gets 16 bytes
    void tag(byte[] key, byte[] message, int at, int length, byte[] tag);
}
