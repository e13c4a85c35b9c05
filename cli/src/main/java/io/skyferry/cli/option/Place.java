package io.skyferry.cli.option;

import io.skyferry.control.credential.CredentialName;
import io.skyferry.control.run.Places;
import io.skyferry.storage.StorageSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place as the user typed it: `/mnt/backup`, `../photos`, `./a:b`, `C:\data`, or `name:path`.
///
/// What stands before a colon is a name, unless a `/` comes first or it is a drive as in `C:\`. So a local
/// folder whose name holds a colon is written `./a:b`. Whether anything has that name is found out when the place is
/// opened.
///
/// @param text as typed; bytes that are no UTF-8 are lone surrogates, as in [io.skyferry.storage.RelPath]
/// @param provider the provider's key, or the name of a credential: none is called like a provider
/// @param root where the storage begins, in the provider's own form
public record Place(String text, String provider, String root) {
    /// The key of the provider that plain paths belong to.
    public static final String LOCAL = "local";

    private static final Pattern NAMED = Pattern.compile("(" + CredentialName.PATTERN + "):(.*)", Pattern.DOTALL);

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[/\\\\]");

    /// The current folder.
    public static final Place HERE = parse(".");

    /// Reads a place.
    ///
    /// @throws UsageException if it is empty
    public static Place parse(String text) {
        if (text.isEmpty()) {
            throw new UsageException("Want a folder or 'name:path' but have an empty text");
        }
        Matcher named = NAMED.matcher(text);
        if (DRIVE.matcher(text).lookingAt() || !named.matches()) {
            return new Place(text, LOCAL, absolute(text));
        }
        String name = named.group(1);
        String path = named.group(2);
        return new Place(text, name, name.equals(LOCAL) ? absolute(path) : path);
    }

    /// The path from the top; a relative one begins in the current folder.
    static String absolute(String path) {
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

    /// The storage of this place with further settings of its provider.
    public StorageSpec spec(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(Places.ROOT_SETTING, root);
        return new StorageSpec(provider, all);
    }

    @Override
    public String toString() {
        return text;
    }
}
