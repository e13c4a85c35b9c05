package io.skyferry.crypt.synology;

import io.skyferry.crypt.content.DamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The records that an encrypted file is a row of. For one thread.
final class Container {
    private static final String MAGIC = "__CLOUDSYNC_ENC__d8d6ba7b9df02ef39a33ef912a91dc56";
    private static final int RECORD = 0x42;
    private static final int END = 0x40;
    private static final int TEXT = 0x10;
    private static final int BYTES = 0x11;
    private static final int NUMBER = 0x01;
    private static final int DEEPEST = 4;
    private static final int MOST_FIELDS = 64;

    /// No record of Cloud Sync's comes near it; more would let a made-up file fill the memory.
    private static final int MOST_BYTES = 1 << 20;

    private final InputStream in;
    private int left = MOST_BYTES;

    /// One value of a record.
    sealed interface Value {
        record Text(String text) implements Value {}

        /// Not a record of its own: the array is not to be compared.
        final class Bytes implements Value {
            final byte[] bytes;

            Bytes(byte[] bytes) {
                this.bytes = bytes;
            }
        }

        record Whole(long number) implements Value {}

        record Fields(Map<String, Value> fields) implements Value {
            Optional<String> text(String name) {
                return fields.get(name) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
            }

            Optional<Long> number(String name) {
                return fields.get(name) instanceof Whole(long number) ? Optional.of(number) : Optional.empty();
            }

            Optional<byte[]> bytes(String name) {
                return fields.get(name) instanceof Bytes value ? Optional.of(value.bytes) : Optional.empty();
            }

            Optional<Fields> below(String name) {
                return fields.get(name) instanceof Fields value ? Optional.of(value) : Optional.empty();
            }
        }
    }

    /// Reads the first bytes.
    ///
    /// @throws DamagedException if it is no such file
    Container(InputStream in) throws IOException {
        this.in = in;
        byte[] want = MAGIC.getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(in.readNBytes(want.length), want)) {
            throw new DamagedException("Want a file that Cloud Sync encrypted but it does not begin like one");
        }
    }

    /// The next record; empty at the end of the file.
    Optional<Value.Fields> next() throws IOException {
        int kind = in.read();
        if (kind < 0) {
            return Optional.empty();
        }
        if (kind != RECORD) {
            throw damaged();
        }
        left = MOST_BYTES;
        return Optional.of(fields(0));
    }

    private Value.Fields fields(int depth) throws IOException {
        var fields = new TreeMap<String, Value>();
        while (true) {
            int kind = in.read();
            if (kind == END) {
                return new Value.Fields(fields);
            }
            if (kind != TEXT || fields.size() == MOST_FIELDS) {
                throw damaged();
            }
            String name = text();
            fields.put(name, value(depth));
        }
    }

    private Value value(int depth) throws IOException {
        return switch (in.read()) {
            case TEXT -> new Value.Text(text());
            case BYTES -> new Value.Bytes(bytes(length()));
            case NUMBER -> new Value.Whole(number());
            case RECORD -> {
                if (depth == DEEPEST) {
                    throw damaged();
                }
                yield fields(depth + 1);
            }
            default -> throw damaged();
        };
    }

    private String text() throws IOException {
        return new String(bytes(length()), StandardCharsets.UTF_8);
    }

    private int length() throws IOException {
        byte[] two = bytes(2);
        return ((two[0] & 0xFF) << 8) | (two[1] & 0xFF);
    }

    private long number() throws IOException {
        int length = in.read();
        if (length < 1 || length > 8) {
            throw damaged();
        }
        long number = 0;
        for (byte digit : bytes(length)) {
            number = (number << 8) | (digit & 0xFF);
        }
        return number;
    }

    private byte[] bytes(int count) throws IOException {
        left -= count;
        if (left < 0) {
            throw damaged();
        }
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new DamagedException("Want a whole file but it ends early");
        }
        return bytes;
    }

    private static DamagedException damaged() {
        return new DamagedException("Want the records of an encrypted file but they are damaged");
    }
}
