package io.skyferry.cli.option;

import io.skyferry.storage.LayerSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How single names and files are encrypted.
public final class NameOptions {
    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            required = true,
            description = "Holds the password as it is; one line end behind it is dropped.")
    private String passwordFile = "";

    @Option(names = "--salt-file", paramLabel = "FILE", description = "Holds the second password, the salt.")
    private @Nullable String saltFile;

    @Option(names = "--names", paramLabel = "MODE", description = "standard, obfuscate or off; without it: standard.")
    private String names = "standard";

    @Option(
            names = "--directory-names",
            paramLabel = "on|off",
            description = "Whether names of directories are encrypted too; without it: on.")
    private String directoryNames = "on";

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "base32, base64 or base32768: how encrypted names are written; without it: base32.")
    private String encoding = "base32";

    @Option(
            names = "--suffix",
            paramLabel = "TEXT",
            description = "Behind names with --names off; without it: .bin; 'none' for none.")
    private String suffix = ".bin";

    /// Options as picocli fills them.
    public NameOptions() {}

    /// The layer that stores names and contents so.
    public LayerSpec layer() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("password-file", Place.absolute(passwordFile));
        if (saltFile != null) {
            settings.put("salt-file", Place.absolute(saltFile));
        }
        settings.put("names", names);
        settings.put("directory-names", directoryNames);
        settings.put("encoding", encoding);
        settings.put("suffix", suffix);
        return new LayerSpec(Place.CRYPT, settings);
    }
}
