package io.skyferry.storages.s3;

import io.skyferry.http.HttpHeaders;
import java.util.Arrays;
import java.util.Optional;

/// What proves of the parts of one upload that they arrived as they were sent: a server says when an upload is begun
/// whether it keeps the checksums that it was asked for.
///
/// Source: CreateMultipartUpload of the Amazon S3 API Reference.
enum PartSums {
    /// Their tags, which are their MD5s.
    TAGS("-", Checksum.MD5),
    /// A CRC-32C of each: as servers have it that know no checksum of a whole.
    OF_PARTS("crc32c", Checksum.CRC32C),
    /// A CRC-32C of each, and of the file that is made of them.
    OF_WHOLE("crc32c-whole", Checksum.CRC32C);

    private static final String ALGORITHM = "x-amz-checksum-algorithm";
    private static final String TYPE = "x-amz-checksum-type";
    private static final String FULL_OBJECT = "FULL_OBJECT";

    private final String word;
    private final Checksum checksum;

    PartSums(String word, Checksum checksum) {
        this.word = word;
        this.checksum = checksum;
    }

    /// Asks, where an upload is begun, for the most that a server may keep.
    static Ask asked(Ask begin) {
        return begin.header(ALGORITHM, Checksum.CRC32C.name()).header(TYPE, FULL_OBJECT);
    }

    /// Takes the question back.
    static Ask unasked(Ask begin) {
        return begin.without(ALGORITHM, TYPE);
    }

    /// Tells, where an upload is finished, what the whole must hash to.
    ///
    /// @param crc32c in hexadecimal digits
    static Ask told(Ask finish, String crc32c) {
        return finish.header(Checksum.CRC32C.header(), Checksum.base64(crc32c)).header(TYPE, FULL_OBJECT);
    }

    /// What a server keeps that was asked, by its reply; [#TAGS] where it is silent.
    static PartSums of(HttpHeaders reply) {
        if (!Checksum.CRC32C.name().equalsIgnoreCase(reply.get(ALGORITHM))) {
            return TAGS;
        }
        return isOfAllBytes(reply) ? OF_WHOLE : OF_PARTS;
    }

    /// Whether the checksum that a reply speaks of is said to be one of a file's bytes, not one of its parts'
    /// checksums.
    static boolean isOfAllBytes(HttpHeaders reply) {
        return FULL_OBJECT.equalsIgnoreCase(reply.get(TYPE));
    }

    /// Whether a reply says what its checksum is one of.
    static boolean saysOfWhat(HttpHeaders reply) {
        return reply.first(TYPE).filter(type -> !type.isEmpty()).isPresent();
    }

    /// As a token has it.
    String word() {
        return word;
    }

    static Optional<PartSums> ofWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /// Of each part.
    Checksum checksum() {
        return checksum;
    }
}
