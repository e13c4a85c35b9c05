package io.skyferry.crypt.name;

/// How names look in an encrypted folder.
///
/// @param directories without meaning where names are off
/// @param encoding how encrypted names are written; without meaning in other modes
/// @param suffix behind the names of files where names are off; empty: none
public record CryptOptions(NameMode mode, DirectoryNames directories, NameEncoding encoding, String suffix) {
    /// The suffix where none was chosen.
    public static final String DEFAULT_SUFFIX = ".bin";

    /// Everything encrypted, in the form that every storage can hold.
    public static final CryptOptions STANDARD =
            new CryptOptions(NameMode.STANDARD, DirectoryNames.ENCRYPTED, NameEncoding.BASE32, DEFAULT_SUFFIX);

    /// Names as they are, files with `.bin`.
    public static final CryptOptions OFF =
            new CryptOptions(NameMode.OFF, DirectoryNames.PLAIN, NameEncoding.BASE32, DEFAULT_SUFFIX);

    /// Adds the suffix's dot where it is missing.
    ///
    /// @throws IllegalArgumentException if the suffix holds a slash or NUL
    public CryptOptions {
        if (suffix.indexOf('/') >= 0 || suffix.indexOf(0) >= 0) {
            throw new IllegalArgumentException("Want a suffix without slash but have '%s'".formatted(suffix));
        }
        suffix = suffix.isEmpty() || suffix.startsWith(".") ? suffix : "." + suffix;
    }

    /// Reads the words of the command line and of settings.
    ///
    /// @param mode `standard`, `obfuscate` or `off`
    /// @param directories `on` or `off`
    /// @param encoding `base32`, `base64` or `base32768`
    /// @param suffix `none` for none
    /// @throws IllegalArgumentException naming the word that is wrong
    public static CryptOptions parse(String mode, String directories, String encoding, String suffix) {
        return new CryptOptions(
                switch (mode) {
                    case "standard" -> NameMode.STANDARD;
                    case "obfuscate" -> NameMode.OBFUSCATE;
                    case "off" -> NameMode.OFF;
                    default -> throw unknown("'standard', 'obfuscate' or 'off' for names", mode);
                },
                switch (directories) {
                    case "on" -> DirectoryNames.ENCRYPTED;
                    case "off" -> DirectoryNames.PLAIN;
                    default -> throw unknown("'on' or 'off' for directory names", directories);
                },
                switch (encoding) {
                    case "base32" -> NameEncoding.BASE32;
                    case "base64" -> NameEncoding.BASE64;
                    case "base32768" -> NameEncoding.BASE32768;
                    default -> throw unknown("'base32', 'base64' or 'base32768' as encoding", encoding);
                },
                suffix.equals("none") ? "" : suffix);
    }

    private static IllegalArgumentException unknown(String want, String have) {
        return new IllegalArgumentException("Want %s but have '%s'".formatted(want, have));
    }

    /// Whether names of directories differ from what they stand for.
    public boolean hidesDirectories() {
        return mode != NameMode.OFF && directories == DirectoryNames.ENCRYPTED;
    }

    /// Whether every name is stored as it is.
    public boolean keepsNames() {
        return mode == NameMode.OFF && suffix.isEmpty();
    }

    /// Tells these options from others in a word: `standard-base32`, `standard-base64-plaindirs`,
    /// `off.bin`.
    public String id() {
        return switch (mode) {
            case STANDARD -> "standard-" + encoding.label() + (hidesDirectories() ? "" : "-plaindirs");
            case OBFUSCATE -> "obfuscate" + (hidesDirectories() ? "" : "-plaindirs");
            case OFF -> "off" + suffix;
        };
    }
}
