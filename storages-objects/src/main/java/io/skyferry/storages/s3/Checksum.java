package io.skyferry.storages.s3;

import io.skyferry.storage.HashType;

/// What proves to both sides that bytes arrived as they were sent.
///
/// Source: "Checking object integrity for data uploads in Amazon S3" of the Amazon S3 User Guide.
enum Checksum {
    /// The tag of a file or part, which is the MD5 of its bytes unless the server encrypts with keys of its own.
    MD5(HashType.MD5),
    /// A CRC-32C of its own, which goes with the bytes and is kept beside them, of files made of parts too.
    CRC32C(HashType.CRC32C);

    /// The header that carries a CRC-32C, in Base64.
    static final String CRC32C_HEADER = "x-amz-checksum-crc32c";

    private final HashType type;

    Checksum(HashType type) {
        this.type = type;
    }

    HashType type() {
        return type;
    }
}
