package io.skyferry.storages.s3;

import io.skyferry.storage.HashType;
import java.util.Base64;
import java.util.HexFormat;

/// What proves to both sides that bytes arrived as they were sent.
///
/// Source: "Checking object integrity for data uploads in Amazon S3" of the Amazon S3 User Guide.
enum Checksum {
    /// The tag of a file or part, which is the MD5 of its bytes unless the server encrypts with keys of its own.
    MD5(HashType.MD5, "content-md5"),
    /// A CRC-32C of its own, which goes with the bytes and is kept beside them, of files made of parts too.
    CRC32C(HashType.CRC32C, "x-amz-checksum-crc32c");

    private final HashType type;
    private final String header;

    Checksum(HashType type, String header) {
        this.type = type;
        this.header = header;
    }

    HashType type() {
        return type;
    }

    /// The header that carries it, in Base64.
    String header() {
        return header;
    }

    /// As headers have it, from hexadecimal digits.
    static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
