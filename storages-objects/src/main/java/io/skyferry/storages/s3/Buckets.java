package io.skyferry.storages.s3;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which names a bucket can have.
///
/// Source: "General purpose bucket naming rules" of the Amazon S3 User Guide. Old buckets and other servers have names
/// that would be refused today, so what is opened is only looked at for what could not be asked for at all.
final class Buckets {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
    private static final Pattern ANY = Pattern.compile("[A-Za-z0-9._:-]{1,255}");

    private Buckets() {}

    /// What keeps a name from being a bucket's; empty when nothing does.
    static Optional<String> faultOf(String name) {
        if (name.isEmpty()) {
            return Optional.of("is missing");
        }
        return ANY.matcher(name).matches() && !name.equals(".") && !name.equals("..")
                ? Optional.empty()
                : Optional.of("may hold letters, digits, dots and hyphens only");
    }

    /// What keeps a bucket of this name from being made; empty when nothing does.
    static Optional<String> faultOfNew(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("wants 3 to 63 small letters, digits, dots and hyphens, none of them at an end");
        }
        if (name.contains("..") || name.contains(".-") || name.contains("-.")) {
            return Optional.of("wants letters or digits on both sides of each dot");
        }
        if (ADDRESS.matcher(name).matches()) {
            return Optional.of("looks like an address");
        }
        return name.startsWith("xn--") || name.endsWith("-s3alias") || name.endsWith("--ol-s3")
                ? Optional.of("is reserved")
                : Optional.empty();
    }

    /// Whether a name can be part of a host's: TLS certificates of such hosts cover one label only.
    static boolean fitsHost(String name) {
        return NAME.matcher(name).matches() && name.indexOf('.') < 0;
    }
}
