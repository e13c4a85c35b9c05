package io.skyferry.layers;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of a read, opened again at the offset where they broke off.
///
/// Attempts are counted from the last byte that came: a line that breaks now and then gets through.
final class RetryingStream extends PassingStream {
    private final RetryInterceptor retry;
    private final ReadCall call;
    private long done;
    private int attempt = 1;

    RetryingStream(RetryInterceptor retry, ReadCall call, InputStream first) {
        super(first);
        this.retry = retry;
        this.call = call;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        while (true) {
            try {
                int count = inner().read(to, offset, length);
                if (count > 0) {
                    done += count;
                    attempt = 1;
                }
                return count;
            } catch (IOException broken) {
                comeBack(broken);
            }
        }
    }

    private void comeBack(IOException broken) throws IOException {
        StorageException failure = StorageException.inStream(broken);
        // Bytes that were corrupt have gone out already: opening again behind them mends nothing.
        if (failure.kind() == ErrorKind.CORRUPT || retry.isLast(attempt, failure)) {
            throw broken;
        }
        closeBroken(broken);
        while (true) {
            retry.waitAfter(attempt, failure);
            attempt++;
            try {
                goOnWith(call.open().apply(call.range().skip(done)).stream());
                return;
            } catch (StorageException again) {
                if (retry.isLast(attempt, again)) {
                    throw again.asIo();
                }
                failure = again;
            }
        }
    }

    private void closeBroken(IOException broken) {
        try {
            inner().close();
        } catch (IOException closing) {
            // It was broken before; whoever looks at the failure finds this one with it.
            broken.addSuppressed(closing);
        }
    }
}
