package io.skyferry.storage;

/// Checksums that storages keep or that are computed on the way; values are lower-case hexadecimal text.
public enum HashType {
    /// XXH3 with 128 bits, for our own comparisons.
    XXH128,
    /// CRC-32 with Castagnoli's polynomial.
    CRC32C,
    /// RFC 1321.
    MD5,
    /// FIPS 180-4.
    SHA1,
    /// FIPS 180-4.
    SHA256;

    /// Whether files that hash to the same are the same: a short checksum tells damage, no more.
    public boolean provesSameness() {
        return this != CRC32C;
    }
}
