package io.skyferry.control.crypt;

import io.skyferry.storage.Content;
import io.skyferry.storage.LayerSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Encrypts and decrypts by a layer's settings, whatever the layer is.
public interface Encryption {
    /// The layer that encrypts.
    String LAYER = "crypt";

    /// The setting of a layer that says how names are encrypted.
    String NAMES = "names";

    /// The setting of a layer that says whether names of directories are encrypted too.
    String DIRECTORY_NAMES = "directory-names";

    /// What turns a setting about names off: they stay plain.
    String OFF = "off";

    /// The file beside encrypted ones that only the right key opens.
    String KEY_CHECK = "skyferry-key-check.v1";

    /// The setting of a layer that holds a password itself, in place of a file; it is never written to a file.
    String PASSWORD = "password";

    /// The setting of a layer that holds the second password itself, likewise.
    String SALT = "salt";

    /// Names as a layer stores them.
    ///
    /// @throws io.skyferry.control.run.RefusedException naming the setting that is wrong
    Names names(LayerSpec layer);

    /// Contents as a layer stores them.
    ///
    /// @throws io.skyferry.control.run.RefusedException naming the setting that is wrong
    Contents contents(LayerSpec layer);

    /// rclone's way of writing a password into its settings.
    String obscure(byte[] password);

    /// The password that was written so.
    ///
    /// @throws io.skyferry.control.run.RefusedException if it was not
    byte[] reveal(String obscured);

    /// Encrypts and decrypts names.
    interface Names {
        /// The path under which a file is stored.
        Translated encode(String path);

        /// The path of the file that is stored there.
        Translated decode(String stored);
    }

    /// What came of a name.
    sealed interface Translated {
        /// It has this counterpart.
        ///
        /// @param path bytes that are no UTF-8 as in [io.skyferry.storage.RelPath]
        record Path(String path) implements Translated {}

        /// It has none.
        ///
        /// @param reason one phrase
        record Refused(String reason) implements Translated {}
    }

    /// Encrypts and decrypts contents.
    interface Contents {
        /// What is in an encrypted file. Reads all of it in one pass.
        ///
        /// @throws IOException if it does not decrypt, here or as it is read
        InputStream opened(InputStream sealed) throws IOException;

        /// The encrypted form of a content.
        ///
        /// @param nonce hexadecimal, for tests; empty: one is drawn
        /// @throws io.skyferry.control.run.RefusedException if the layer only reads, or the nonce is none
        Content sealed(Content plain, Optional<String> nonce);
    }
}
