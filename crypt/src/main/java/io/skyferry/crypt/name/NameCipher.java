package io.skyferry.crypt.name;

import io.skyferry.crypt.name.NameResult.Name;
import io.skyferry.crypt.name.NameResult.Refused;
import io.skyferry.storage.RelPath;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Encrypts and decrypts names as the options say: paths segment by segment, the last one as a file's.
///
/// Safe for many threads. Never throws for any text.
///
/// Source: rclone, "Crypt", section "Name encryption".
public final class NameCipher {
    private static final int LONGEST_NAME = Eme.MAX_BLOCKS * Eme.BLOCK - 1;

    private final CryptOptions options;
    private final Eme eme;
    private final Obfuscation obfuscation;
    private final NameForm form;

    /// @param nameKey 32 bytes
    /// @param tweak 16 bytes
    public NameCipher(CryptOptions options, NameForm form, byte[] nameKey, byte[] tweak) {
        this.options = options;
        this.form = form;
        this.eme = new Eme(nameKey, tweak);
        this.obfuscation = new Obfuscation(nameKey);
    }

    /// The stored path of a file.
    public NameResult encodeFile(String path) {
        return path(path, this::encodeDirectorySegment, this::encodeFileSegment);
    }

    /// The stored path of a directory.
    public NameResult encodeDirectory(String path) {
        return path(path, this::encodeDirectorySegment, this::encodeDirectorySegment);
    }

    /// The file's path that is stored as this.
    public NameResult decodeFile(String path) {
        return path(path, this::decodeDirectorySegment, this::decodeFileSegment);
    }

    /// The directory's path that is stored as this.
    public NameResult decodeDirectory(String path) {
        return path(path, this::decodeDirectorySegment, this::decodeDirectorySegment);
    }

    private static NameResult path(
            String path, Function<String, NameResult> directory, Function<String, NameResult> last) {
        int slash = path.lastIndexOf('/');
        var text = new StringBuilder(path.length());
        int start = 0;
        while (start <= path.length()) {
            int end = start > slash ? path.length() : path.indexOf('/', start);
            String segment = path.substring(start, end);
            NameResult result = segment.isEmpty() ? new Name("") : (start > slash ? last : directory).apply(segment);
            switch (result) {
                case Refused refused -> {
                    return refused;
                }
                case Name(String name) -> text.append(name);
            }
            if (end < path.length()) {
                text.append('/');
            }
            start = end + 1;
        }
        return new Name(text.toString());
    }

    private NameResult encodeFileSegment(String name) {
        if (options.mode() == NameMode.OFF) {
            return new Name(name + options.suffix());
        }
        VersionMark mark = VersionMark.of(name);
        return (mark.rest().isEmpty() ? new Name("") : hidden(mark.rest())).then(text -> new Name(mark.into(text)));
    }

    private NameResult encodeDirectorySegment(String name) {
        return options.hidesDirectories() ? hidden(name) : new Name(name);
    }

    private NameResult hidden(String name) {
        return switch (form) {
            case AS_GIVEN -> hiddenAsGiven(name);
            case OF_FILES -> hiddenAsGiven(StandardForm.of(name)).then(text -> new Name(StandardForm.real(text)));
        };
    }

    private NameResult hiddenAsGiven(String name) {
        return switch (options.mode()) {
            case STANDARD -> encrypted(name);
            case OBFUSCATE -> new Name(obfuscation.encode(name));
            case OFF -> new Name(name);
        };
    }

    private NameResult encrypted(String name) {
        byte[] bytes;
        try {
            bytes = RelPath.bytesOf(name);
        } catch (IllegalArgumentException noBytes) {
            return new Refused("it is no text that can be written as bytes");
        }
        if (bytes.length > LONGEST_NAME) {
            return new Refused("it has %s bytes and names of more than %s cannot be encrypted"
                    .formatted(bytes.length, LONGEST_NAME));
        }
        int padding = Eme.BLOCK - bytes.length % Eme.BLOCK;
        byte[] padded = Arrays.copyOf(bytes, bytes.length + padding);
        Arrays.fill(padded, bytes.length, padded.length, (byte) padding);
        return new Name(options.encoding().encode(eme.encrypt(padded)));
    }

    private NameResult decodeFileSegment(String text) {
        if (options.mode() == NameMode.OFF) {
            int length = text.length() - options.suffix().length();
            return length > 0 && text.endsWith(options.suffix())
                    ? checked(text.substring(0, length))
                    : new Refused("it does not end in '%s'".formatted(options.suffix()));
        }
        VersionMark mark = VersionMark.of(text);
        NameResult rest = mark.rest().isEmpty() ? new Name("") : shown(mark.rest());
        return rest.then(name -> checked(mark.into(name)));
    }

    private NameResult decodeDirectorySegment(String text) {
        return options.hidesDirectories() ? shown(text).then(NameCipher::checked) : new Name(text);
    }

    private NameResult shown(String text) {
        return switch (form) {
            case AS_GIVEN -> shownAsGiven(text);
            case OF_FILES -> shownAsGiven(StandardForm.of(text)).then(name -> new Name(StandardForm.real(name)));
        };
    }

    private NameResult shownAsGiven(String text) {
        return switch (options.mode()) {
            case STANDARD -> decrypted(text);
            case OBFUSCATE -> obfuscation.decode(text);
            case OFF -> new Name(text);
        };
    }

    private NameResult decrypted(String text) {
        Optional<byte[]> decoded = options.encoding().decode(text);
        if (decoded.isEmpty()) {
            return new Refused("it is no %s text".formatted(options.encoding().label()));
        }
        byte[] bytes = decoded.orElseThrow();
        if (bytes.length == 0 || bytes.length % Eme.BLOCK != 0 || bytes.length > Eme.MAX_BLOCKS * Eme.BLOCK) {
            return new Refused("it does not have the length of an encrypted name");
        }
        byte[] padded = eme.decrypt(bytes);
        int padding = padded[padded.length - 1];
        if (padding < 1 || padding > Eme.BLOCK) {
            return new Refused("it was not encrypted under this key");
        }
        for (int i = padded.length - padding; i < padded.length; i++) {
            if (padded[i] != padding) {
                return new Refused("it was not encrypted under this key");
            }
        }
        return new Name(RelPath.textOf(padded, 0, padded.length - padding));
    }

    /// Refuses what is no name: a text that was made to lead elsewhere.
    private static NameResult checked(String name) {
        return name.isEmpty() || name.indexOf('/') >= 0 || RelPath.faultOf(name).isPresent()
                ? new Refused("it stands for no name")
                : new Name(name);
    }
}
