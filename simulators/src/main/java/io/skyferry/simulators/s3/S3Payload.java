package io.skyferry.simulators.s3;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/// What came with a request: its bytes, and the checksums that were said of them.
///
/// Source: "Checking object integrity for data uploads in Amazon S3" of the Amazon S3 User Guide; "Signature
/// calculations for the Authorization header: including trailing headers" of the Amazon S3 API Reference.
final class S3Payload {
    static final String STREAMED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    static final String HEADER = "x-amz-checksum-";

    private static final List<String> KNOWN = List.of("crc32", "crc32c", "sha1", "sha256");
    private static final int LEAST_CHUNK = 8 * 1024;

    private final byte[] bytes;
    private final String checksum;

    /// @param checksum the name of the one that is kept, as `crc32c`; empty: none
    S3Payload(byte[] bytes, String checksum) {
        this.bytes = bytes;
        this.checksum = checksum;
    }

    /// Takes the body apart where it came in chunks, and compares every checksum that is given.
    static S3Payload of(S3Call call, byte[] body) {
        Map<String, String> given = new HashMap<>();
        KNOWN.forEach(name -> call.header(HEADER + name).ifPresent(value -> given.put(name, value)));
        byte[] bytes = body;
        if (call.header("x-amz-content-sha256").orElse("").equals(STREAMED)) {
            bytes = unchunked(call, body, given);
        }
        if (given.size() > 1) {
            throw new S3Problem(400, "InvalidRequest", "Expecting a single x-amz-checksum- header.");
        }
        for (Map.Entry<String, String> one : given.entrySet()) {
            if (!sum(one.getKey(), bytes).equals(one.getValue())) {
                throw new S3Problem(
                        400,
                        "BadDigest",
                        "The %s you specified did not match the calculated checksum."
                                .formatted(one.getKey().toUpperCase(Locale.ROOT)));
            }
        }
        return new S3Payload(bytes, given.keySet().stream().findFirst().orElse(""));
    }

    /// @param given takes the trailing checksum
    private static byte[] unchunked(S3Call call, byte[] body, Map<String, String> given) {
        String length = call.header("x-amz-decoded-content-length")
                .orElseThrow(() -> new S3Problem(
                        411, "MissingContentLength", "You must provide the x-amz-decoded-content-length header."));
        boolean said = Arrays.asList(call.header("content-encoding").orElse("").split("\\s*,\\s*"))
                .contains("aws-chunked");
        String trailer = call.header("x-amz-trailer").orElse("");
        if (!said || !trailer.startsWith(HEADER)) {
            throw S3Problem.invalid("A streamed payload needs aws-chunked and x-amz-trailer");
        }
        ByteBuffer whole = ByteBuffer.allocate(Integer.parseInt(length));
        ByteBuffer in = ByteBuffer.wrap(body);
        int before = Integer.MAX_VALUE;
        while (true) {
            int size = Integer.parseInt(line(in), 16);
            if (size == 0) {
                break;
            }
            if (before < LEAST_CHUNK || size > whole.remaining() || size + 2 > in.remaining()) {
                throw S3Problem.invalid("A chunk is too small, or the chunks are longer than was said");
            }
            whole.put(whole.position(), body, in.position(), size);
            whole.position(whole.position() + size);
            in.position(in.position() + size);
            if (!line(in).isEmpty()) {
                throw S3Problem.invalid("A chunk must end with a line end");
            }
            before = size;
        }
        String last = line(in);
        int colon = last.indexOf(':');
        if (colon < 0 || !last.substring(0, colon).equals(trailer) || !line(in).isEmpty() || in.hasRemaining()) {
            throw new S3Problem(
                    400, "MalformedTrailerError", "The request contained trailing data that was malformed.");
        }
        if (whole.hasRemaining()) {
            throw new S3Problem(400, "IncompleteBody", "The request body terminated unexpectedly");
        }
        given.put(trailer.substring(HEADER.length()), last.substring(colon + 1).strip());
        return whole.array();
    }

    private static String line(ByteBuffer in) {
        var text = new StringBuilder();
        while (in.hasRemaining()) {
            char c = (char) in.get();
            if (c == '\r' && in.hasRemaining() && in.get(in.position()) == '\n') {
                in.get();
                return text.toString();
            }
            text.append(c);
        }
        throw new S3Problem(400, "IncompleteBody", "The request body terminated unexpectedly");
    }

    /// The checksum of that name in Base64.
    static String sum(String name, byte[] bytes) {
        byte[] sum = switch (name) {
            case "crc32" -> ofInt(new CRC32(), bytes);
            case "crc32c" -> ofInt(new CRC32C(), bytes);
            case "sha1" -> S3Call.digest("SHA-1", bytes);
            case "sha256" -> S3Call.digest("SHA-256", bytes);
            default -> throw S3Problem.invalid("The algorithm '%s' is not simulated".formatted(name));
        };
        return Base64.getEncoder().encodeToString(sum);
    }

    private static byte[] ofInt(Checksum checksum, byte[] bytes) {
        checksum.update(bytes, 0, bytes.length);
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array();
    }

    /// The same with one byte changed, where there is one.
    S3Payload damaged() {
        byte[] other = bytes.clone();
        if (other.length > 0) {
            other[other.length / 2] ^= 1;
        }
        return new S3Payload(other, checksum);
    }

    byte[] bytes() {
        return bytes;
    }

    String checksum() {
        return checksum;
    }

    /// The name and value of the checksum that is kept with what came.
    Optional<Map.Entry<String, String>> kept() {
        return checksum.isEmpty() ? Optional.empty() : Optional.of(Map.entry(HEADER + checksum, sum(checksum, bytes)));
    }

    /// What stands in XML for a checksum: `ChecksumCRC32C`.
    static String element(String header) {
        return "Checksum" + header.substring(HEADER.length()).toUpperCase(Locale.ROOT);
    }
}
