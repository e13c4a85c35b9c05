package io.skyferry.cli.option;

import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.StorageSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How encrypted places are opened: `crypt:PLACE` and `synology:PLACE`.
public final class EncryptionOptions {
    @Option(
            names = "--crypt-password-file",
            paramLabel = "FILE",
            description = "Holds the password of 'crypt:PLACE' as it is; one line end behind it is dropped.")
    private @Nullable String passwordFile;

    @Option(
            names = "--crypt-salt-file",
            paramLabel = "FILE",
            description = "Holds the second password of 'crypt:PLACE', the salt.")
    private @Nullable String saltFile;

    @Option(
            names = "--crypt-names",
            paramLabel = "MODE",
            description =
                    "How names look in 'crypt:PLACE': standard (encrypted), obfuscate or off; without it: standard.")
    private @Nullable String names;

    @Option(
            names = "--crypt-directory-names",
            paramLabel = "on|off",
            description = "Whether names of directories are encrypted too; without it: on.")
    private @Nullable String directoryNames;

    @Option(
            names = "--crypt-encoding",
            paramLabel = "NAME",
            description = "How encrypted names are written: base32, base64 or base32768; without it: base32.")
    private @Nullable String encoding;

    @Option(
            names = "--crypt-suffix",
            paramLabel = "TEXT",
            description = "Behind names of files with --crypt-names off; without it: .bin; 'none' for none.")
    private @Nullable String suffix;

    @Option(
            names = "--synology-password-file",
            paramLabel = "FILE",
            description = "Holds the password of 'synology:PLACE', files that Synology Cloud Sync encrypted.")
    private @Nullable String synologyPasswordFile;

    @Option(
            names = "--synology-key-file",
            paramLabel = "FILE",
            description = "The exported private.pem of 'synology:PLACE', in place of the password.")
    private @Nullable String synologyKeyFile;

    /// Options as picocli fills them.
    public EncryptionOptions() {}

    /// The storage of a place with its layers.
    ///
    /// @param settings for the storage below
    /// @throws UsageException if a layer lacks its secret
    public StorageSpec spec(Place place, Map<String, String> settings) {
        List<LayerSpec> layers = new ArrayList<>();
        for (String kind : place.layers()) {
            layers.addFirst(new LayerSpec(kind, settingsOf(kind, place)));
        }
        return place.spec(settings).under(layers);
    }

    private Map<String, String> settingsOf(String kind, Place place) {
        return switch (kind) {
            case Place.CRYPT -> {
                if (passwordFile == null) {
                    throw new UsageException("Want --crypt-password-file for '%s' but have none".formatted(place));
                }
                yield crypt();
            }
            case Place.SYNOLOGY -> {
                if ((synologyPasswordFile == null) == (synologyKeyFile == null)) {
                    throw new UsageException(
                            "Want one of --synology-password-file and --synology-key-file for '%s' but have %s"
                                    .formatted(place, synologyKeyFile == null ? "none" : "both"));
                }
                yield synology();
            }
            default -> throw new UsageException("Want 'crypt:' or 'synology:' but have '%s:'".formatted(kind));
        };
    }

    private Map<String, String> crypt() {
        var settings = new Settings();
        settings.file("password-file", passwordFile);
        settings.file("salt-file", saltFile);
        settings.put("names", names);
        settings.put("directory-names", directoryNames);
        settings.put("encoding", encoding);
        settings.put("suffix", suffix);
        return settings.made;
    }

    private Map<String, String> synology() {
        var settings = new Settings();
        settings.file("password-file", synologyPasswordFile);
        settings.file("key-file", synologyKeyFile);
        return settings.made;
    }

    /// Settings of options that were given.
    private static final class Settings {
        private final Map<String, String> made = new LinkedHashMap<>();

        void put(String name, @Nullable String value) {
            if (value != null) {
                made.put(name, value);
            }
        }

        /// A saved plan may be applied from another folder.
        void file(String name, @Nullable String value) {
            put(name, value == null ? null : Place.absolute(value));
        }
    }

    /// Goes on only if options of an encryption have a place that is encrypted so: who forgot to say where would store
    /// plain files.
    ///
    /// @throws UsageException naming the option and how a place is written for it
    public void expectUsed(Collection<Place> places) {
        Map<String, @Nullable String> crypt = new TreeMap<>();
        crypt.put("--crypt-password-file", passwordFile);
        crypt.put("--crypt-salt-file", saltFile);
        crypt.put("--crypt-names", names);
        crypt.put("--crypt-directory-names", directoryNames);
        crypt.put("--crypt-encoding", encoding);
        crypt.put("--crypt-suffix", suffix);
        expectUsed(crypt, Place.CRYPT, places);
        Map<String, @Nullable String> synology = new TreeMap<>();
        synology.put("--synology-password-file", synologyPasswordFile);
        synology.put("--synology-key-file", synologyKeyFile);
        expectUsed(synology, Place.SYNOLOGY, places);
    }

    private static void expectUsed(Map<String, @Nullable String> options, String kind, Collection<Place> places) {
        if (places.stream().noneMatch(place -> place.layers().contains(kind))) {
            options.forEach((name, value) -> {
                if (value != null) {
                    throw new UsageException("Want a place '%s:PLACE' for %s but have %s"
                            .formatted(
                                    kind,
                                    name,
                                    String.join(
                                            " and ",
                                            places.stream()
                                                    .map("'%s'"::formatted)
                                                    .toList())));
                }
            });
        }
    }
}
