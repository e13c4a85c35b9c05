package io.skyferry.crypt;

import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.crypt.name.NameCipher;
import io.skyferry.crypt.name.NameForm;
import io.skyferry.crypt.name.NameResult;
import io.skyferry.crypt.name.NameResult.Name;
import io.skyferry.crypt.name.NameResult.Refused;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;

/// Plain and stored paths of one storage. Each plain path has one stored path and the other way round:
/// what would have two is refused, so that no file is taken for another.
final class PathCipher {
    private final NameCipher names;
    private final CryptOptions options;

    PathCipher(CryptKeys keys, CryptOptions options) {
        this.names = new NameCipher(options, NameForm.OF_FILES, keys.name(), keys.tweak());
        this.options = options;
    }

    CryptOptions options() {
        return options;
    }

    NameResult encodeFile(RelPath plain) {
        NameResult stored = names.encodeFile(plain.text());
        return stored.then(text -> names.decodeFile(text).equals(new Name(plain.text()))
                ? stored
                : new Refused("it would be read back as another name"));
    }

    NameResult encodeDirectory(RelPath plain) {
        if (plain.isRoot()) {
            return new Name("");
        }
        if (KeyCheck.isAt(plain.text(), options)) {
            return new Refused("'%s' is the name of the key check".formatted(plain));
        }
        NameResult stored = names.encodeDirectory(plain.text());
        return stored.then(text -> names.decodeDirectory(text).equals(new Name(plain.text()))
                ? stored
                : new Refused("it would be read back as another name"));
    }

    NameResult decodeFile(String stored) {
        NameResult plain = names.decodeFile(stored);
        return plain.then(text -> names.encodeFile(text).equals(new Name(stored)) ? plain : misspelled());
    }

    NameResult decodeDirectory(String stored) {
        NameResult plain = names.decodeDirectory(stored);
        return plain.then(text -> names.encodeDirectory(text).equals(new Name(stored)) ? plain : misspelled());
    }

    private static NameResult misspelled() {
        return new Refused("it is another spelling of a name");
    }

    /// The stored path of a file.
    ///
    /// @throws StorageException `NAME_REJECTED` if it cannot have one
    RelPath storedFile(RelPath plain, Where where) {
        return stored(encodeFile(plain), plain, where);
    }

    /// The stored path of a directory.
    ///
    /// @throws StorageException `NAME_REJECTED` if it cannot have one
    RelPath storedDirectory(RelPath plain, Where where) {
        return stored(encodeDirectory(plain), plain, where);
    }

    private static RelPath stored(NameResult result, RelPath plain, Where where) {
        return switch (result) {
            case Name(String text) -> new RelPath(text);
            case Refused(String reason) ->
                throw StorageException.noEffect(
                        ErrorKind.NAME_REJECTED,
                        where,
                        "Want a name that can be encrypted but have '%s': %s".formatted(plain, reason));
        };
    }
}
