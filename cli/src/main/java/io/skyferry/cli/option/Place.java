package io.skyferry.cli.option;

import io.skyferry.control.credential.CredentialName;
import io.skyferry.control.run.Places;
import io.skyferry.storage.StorageSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place as the user typed it: `/mnt/backup`, `../photos`, `./a:b`, `C:\data`, or `name:path`; each may have
/// layers before it, as in `crypt:/mnt/backup`.
///
/// What stands before a colon is a name, unless a `/` comes first or it is a drive as in `C:\`. So a local
/// folder whose name holds a colon is written `./a:b`. Whether anything has that name is found out when the
/// place is opened.
///
/// @param text as typed; bytes that are no UTF-8 are lone surrogates, as in [io.skyferry.storage.RelPath]
/// @param provider the provider's key, or the name of a credential: none is called like a provider
/// @param root where the storage begins, in the provider's own form
/// @param layers their keys, outermost first, as typed
public record Place(String text, String provider, String root, List<String> layers) {
    /// Makes the list unchangeable.
    public Place {
        layers = List.copyOf(layers);
    }

    /// The key of the provider that plain paths belong to.
    public static final String LOCAL = "local";

    /// The key of the provider of buckets: `s3:bucket/path`.
    public static final String S3 = "s3";

    /// Stands before the names of settings that are for buckets alone.
    static final String S3_SETTINGS = S3 + ".";

    private static final Pattern NAMED = Pattern.compile("(" + CredentialName.PATTERN + "):(.*)", Pattern.DOTALL);

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[/\\\\]");

    /// The layer that encrypts as rclone does: `crypt:PLACE`.
    public static final String CRYPT = "crypt";

    /// The layer that reads what Synology Cloud Sync encrypted: `synology:PLACE`.
    public static final String SYNOLOGY = "synology";

    private static final Set<String> LAYERS = Set.of(CRYPT, SYNOLOGY);

    /// The current folder.
    public static final Place HERE = parse(".");

    /// Reads a place.
    ///
    /// @throws UsageException if it is empty
    public static Place parse(String text) {
        if (text.isEmpty()) {
            throw new UsageException("Want a folder or 'name:path' but have an empty text");
        }
        return parse(text, text, List.of());
    }

    private static Place parse(String text, String rest, List<String> layers) {
        Matcher named = NAMED.matcher(rest);
        if (DRIVE.matcher(rest).lookingAt() || !named.matches()) {
            return new Place(text, LOCAL, absolute(rest), layers);
        }
        String name = named.group(1);
        if (LAYERS.contains(name)) {
            List<String> more = new ArrayList<>(layers);
            more.add(name);
            return parse(text, named.group(2), more);
        }
        String path = named.group(2);
        return new Place(text, name, name.equals(LOCAL) ? absolute(path) : path, layers);
    }

    /// A path of this machine from the top; a relative one begins in the current folder.
    public static String absolute(String path) {
        boolean isAbsolute = path.startsWith("/") || DRIVE.matcher(path).lookingAt();
        if (isAbsolute) {
            return path;
        }
        String here = System.getProperty("user.dir", "/");
        String below = path;
        while (below.startsWith("./")) {
            below = below.substring(2);
        }
        boolean isHere = below.isEmpty() || below.equals(".");
        return isHere ? here : here.endsWith("/") ? here + below : here + "/" + below;
    }

    /// The storage of this place with further settings, without its layers; settings of other providers are left
    /// out. Of which provider a credential is, is not known yet: it gets them all, and takes those of its own.
    public StorageSpec spec(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            boolean isForBuckets = name.startsWith(S3_SETTINGS);
            if (isForBuckets && provider.equals(S3)) {
                all.put(name.substring(S3_SETTINGS.length()), value);
            } else if (isForBuckets ? !provider.equals(LOCAL) : !provider.equals(S3)) {
                all.put(name, value);
            }
        });
        all.put(Places.ROOT_SETTING, root);
        return new StorageSpec(provider, all);
    }

    /// The storage of a place that is one file, whatever it holds: links lead to it.
    ///
    /// @throws UsageException if layers stand before it
    public StorageSpec oneFile() {
        if (!layers.isEmpty()) {
            throw new UsageException("Want a file as it is stored but have '%s'".formatted(text));
        }
        return spec(Map.of("links", "follow"));
    }

    @Override
    public String toString() {
        return text;
    }
}
