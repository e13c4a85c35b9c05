package io.skyferry.crypt.synology;

import io.skyferry.crypt.content.DamagedException;
import io.skyferry.crypt.synology.Container.Value.Fields;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;

/// The plain content of an encrypted file, in one pass. For one thread.
///
/// Gives its last bytes only after the file turned out to be whole.
public final class CloudSyncStream extends InputStream {
    private static final int STRETCH = 64 << 10;

    private final InputStream file;
    private final MessageDigest md5 = SessionKey.md5();
    private final Optional<DataStream> data;
    private final Optional<Lz4Frame> frame;
    private byte[] ready = new byte[0];
    private byte[] ahead;
    private int at;
    private boolean ended;

    /// Reads the header.
    ///
    /// @throws WrongSecretException if the secret does not open it
    /// @throws DamagedException if it is no such file
    public CloudSyncStream(InputStream file, CloudSyncSecret secret) throws IOException {
        this.file = file;
        var buffered = new BufferedInputStream(file, STRETCH);
        buffered.mark(1);
        if (buffered.read() < 0) {
            // What Cloud Sync makes of an empty file is not known; nothing stands for nothing.
            this.data = Optional.empty();
            this.frame = Optional.empty();
            this.ended = true;
        } else {
            buffered.reset();
            var records = new Container(buffered);
            Fields header = records.next().orElseThrow(() -> new DamagedException("Want a header but the file ends"));
            Optional<Cipher> cipher = header.number("encrypt").orElse(1L) == 0
                    ? Optional.empty()
                    : Optional.of(SessionKey.dataCipher(header, secret));
            var stream = new DataStream(records, cipher);
            this.data = Optional.of(stream);
            this.frame =
                    header.number("compress").orElse(1L) == 0 ? Optional.empty() : Optional.of(new Lz4Frame(stream));
        }
        this.ahead = next();
    }

    private byte[] next() throws IOException {
        if (ended || data.isEmpty()) {
            return new byte[0];
        }
        byte[] bytes = frame.isPresent()
                ? frame.orElseThrow().next().orElse(new byte[0])
                : data.orElseThrow().readNBytes(STRETCH);
        md5.update(bytes);
        if (bytes.length == 0) {
            ended = true;
            expectWhole(data.orElseThrow());
        }
        return bytes;
    }

    private void expectWhole(DataStream stream) throws IOException {
        if (stream.read() >= 0) {
            throw new DamagedException("Want nothing behind the content but there is more");
        }
        String want = stream.md5().orElseThrow(() -> new DamagedException("Want a whole file but its end is missing"));
        if (!want.equals(HexFormat.of().formatHex(md5.digest()))) {
            throw new DamagedException("Want the content that was encrypted but its checksum differs");
        }
    }

    private boolean isReady() throws IOException {
        if (at == ready.length && ahead.length > 0) {
            ready = ahead;
            at = 0;
            ahead = next();
        }
        return at < ready.length;
    }

    @Override
    public int read() throws IOException {
        return isReady() ? ready[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!isReady()) {
            return -1;
        }
        int count = Math.min(length, ready.length - at);
        System.arraycopy(ready, at, bytes, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
