package io.skyferry.storages.s3;

import java.util.List;
import java.util.Optional;

/// What an arrived part is known by: stored by others, understood here.
///
/// @param etag without quotes
/// @param crc32c of its bytes in hexadecimal digits, where the server keeps it
record PartTag(String etag, Optional<String> crc32c) {
    /// No tag of a server has a blank.
    private static final String PARTING = " ";

    String text() {
        return crc32c.map(sum -> etag + PARTING + sum).orElse(etag);
    }

    /// The same with the checksum of what was sent: an upload that was begun with checksums is finished with them, and
    /// not every server tells them again.
    PartTag with(String sum) {
        return new PartTag(etag, Optional.of(sum));
    }

    static PartTag of(String text) {
        int parting = text.indexOf(PARTING);
        return parting < 0
                ? new PartTag(text, Optional.empty())
                : new PartTag(text.substring(0, parting), Optional.of(text.substring(parting + 1)));
    }

    /// The CRC-32C of all parts together; empty where one of them has none.
    ///
    /// @param sizes of the parts, in bytes
    static Optional<String> whole(List<PartTag> parts, List<Long> sizes) {
        if (parts.isEmpty() || parts.stream().anyMatch(part -> part.crc32c().isEmpty())) {
            return Optional.empty();
        }
        String sum = parts.getFirst().crc32c().orElseThrow();
        for (int i = 1; i < parts.size(); i++) {
            sum = Crc32cText.combined(sum, parts.get(i).crc32c().orElseThrow(), sizes.get(i));
        }
        return Optional.of(sum);
    }
}
