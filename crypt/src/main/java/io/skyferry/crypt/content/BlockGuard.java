package io.skyferry.crypt.content;

import java.io.IOException;

/// Sees to it that one nonce never covers two different plain texts.
///
/// A content may be opened more than once under one nonce: to be sent again, or by parts. Its source may
/// have changed in between, whatever its fingerprint says.
public interface BlockGuard {
    /// Lets nothing be encrypted twice: for streams that are opened once.
    BlockGuard ONCE = new BlockGuard() {
        @Override
        public void beforeSealing(long block, byte[] plain, int length) {}

        @Override
        public void beforeLeaving(long block, byte[] sealed, int at) {}
    };

    /// Lets nothing be encrypted: for an upload whose parts are not promised yet.
    BlockGuard NOTHING = new BlockGuard() {
        @Override
        public void beforeSealing(long block, byte[] plain, int length) throws IOException {
            throw new IOException("Want parts to be promised before block %s is encrypted".formatted(block));
        }

        @Override
        public void beforeLeaving(long block, byte[] sealed, int at) throws IOException {
            beforeSealing(block, sealed, 0);
        }
    };

    /// Asked before a block is encrypted.
    ///
    /// @throws ChangedSourceException if it may not be
    void beforeSealing(long block, byte[] plain, int length) throws IOException;

    /// Asked before an encrypted block is given away.
    ///
    /// @param at where the block's tag begins
    /// @throws ChangedSourceException if it may not be
    void beforeLeaving(long block, byte[] sealed, int at) throws IOException;
}
