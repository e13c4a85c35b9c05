package io.skyferry.cli.command;

import io.skyferry.cli.console.Output;
import io.skyferry.control.json.Json;
import java.util.Arrays;
import java.util.Base64;

/// Where the content of one file is printed: as it is, or as base64 in a JSON object.
///
/// The object is written as the bytes come, so that a file of any size takes no memory.
final class PlainOutput {
    private static final int GROUP = 3;

    private final Output out;
    private final boolean json;
    private byte[] rest = new byte[0];
    private long bytes;

    PlainOutput(Output out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /// A file begins.
    void begin(String path) {
        bytes = 0;
        rest = new byte[0];
        if (json) {
            out.text("{\"path\":%s,\"base64\":\"".formatted(Json.quoted(path)));
        }
    }

    /// The first bytes of a buffer come next.
    void accept(byte[] buffer, int length) {
        bytes += length;
        if (!json) {
            out.bytes(buffer, length);
            return;
        }
        byte[] waiting = Arrays.copyOf(rest, rest.length + length);
        System.arraycopy(buffer, 0, waiting, rest.length, length);
        int whole = waiting.length - waiting.length % GROUP;
        out.text(Base64.getEncoder().encodeToString(Arrays.copyOf(waiting, whole)));
        rest = Arrays.copyOfRange(waiting, whole, waiting.length);
    }

    /// The file ended well.
    void end() {
        end("");
    }

    /// The file ended in a failure.
    void fail(String reason) {
        end(",\"error\":" + Json.quoted(reason));
    }

    private void end(String more) {
        if (json) {
            out.line("%s\",\"bytes\":%s%s}".formatted(Base64.getEncoder().encodeToString(rest), bytes, more));
        }
    }
}
