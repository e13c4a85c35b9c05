package io.skyferry.crypt.synology;

import io.skyferry.crypt.content.DamagedException;
import io.skyferry.crypt.synology.Container.Value.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import org.jspecify.annotations.Nullable;

/// The data of all records after the header, decrypted where it is encrypted; what the last one says is
/// kept.
final class DataStream extends InputStream {
    private final Container records;
    private final @Nullable Cipher cipher;
    private byte[] data = new byte[0];
    private int at;
    private boolean ended;
    private Optional<String> md5 = Optional.empty();

    /// @param cipher of the data; none where they are plain
    DataStream(Container records, Optional<Cipher> cipher) {
        this.records = records;
        this.cipher = cipher.orElse(null);
    }

    /// The MD5 of the plain content that the last record gives, once all data were read.
    Optional<String> md5() {
        return md5;
    }

    @Override
    public int read() throws IOException {
        return ready() ? data[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ready()) {
            return -1;
        }
        int count = Math.min(length, data.length - at);
        System.arraycopy(data, at, bytes, offset, count);
        at += count;
        return count;
    }

    private boolean ready() throws IOException {
        while (at == data.length) {
            if (ended) {
                return false;
            }
            Fields next = records.next().orElseThrow(() -> new DamagedException("Want a whole file but it ends early"));
            boolean isData = next.text("type").filter("data"::equals).isPresent();
            at = 0;
            if (isData) {
                byte[] stored = next.bytes("data")
                        .orElseThrow(() -> new DamagedException("Want data in a record but it has none"));
                data = cipher == null ? stored : some(cipher.update(stored));
            } else {
                ended = true;
                md5 = next.text("file_md5");
                data = rest();
            }
        }
        return true;
    }

    private byte[] rest() throws IOException {
        if (records.next().isPresent()) {
            throw new DamagedException("Want nothing after the last record but there is more");
        }
        try {
            return cipher == null ? new byte[0] : some(cipher.doFinal());
        } catch (IllegalBlockSizeException | BadPaddingException broken) {
            var damaged = new DamagedException("Want data as they were encrypted but they are damaged");
            damaged.initCause(broken);
            throw damaged;
        }
    }

    private static byte[] some(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }
}
