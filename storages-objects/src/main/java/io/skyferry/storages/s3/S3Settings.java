package io.skyferry.storages.s3;

import io.skyferry.http.Origin;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.WrongSettingException;
import io.skyferry.storages.s3.S3Family.Conditional;
import io.skyferry.storages.s3.S3Family.Lists;
import io.skyferry.storages.s3.S3Family.Style;
import io.skyferry.storages.s3.S3Family.Sums;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The settings of a bucket, made from text.
///
/// @param endpoint empty: the family's own, by region
/// @param region empty: the family's usual one, until the server names another
/// @param partBytes of each part of a large file, more where it would be too many parts
record S3Settings(
        S3Root root,
        S3Family family,
        Optional<Origin> endpoint,
        Optional<String> region,
        Style style,
        Lists lists,
        Conditional conditional,
        Signature signature,
        Writing writing,
        Encryption encryption,
        AmazonHosts hosts,
        Sums sums,
        long partBytes) {
    static final String PATH = "path";
    static final String PROVIDER = "provider";
    static final String ENDPOINT = "endpoint";
    static final String REGION = "region";
    static final String ACCESS_KEY_ID = "access-key-id";
    static final String SECRET_ACCESS_KEY = "secret-access-key";
    static final String SESSION_TOKEN = "session-token";
    static final String PROFILE = "profile";
    static final String ANONYMOUS = "anonymous";
    static final String PATH_STYLE = "path-style";
    static final String SIGNATURE = "signature";
    static final String LIST_VERSION = "list-version";
    static final String CONDITIONAL_WRITES = "conditional-writes";
    static final String STORAGE_CLASS = "storage-class";
    static final String SSE = "sse";
    static final String SSE_KMS_KEY_ID = "sse-kms-key-id";
    static final String SSE_CUSTOMER_KEY = "sse-customer-key";
    static final String ACL = "acl";
    static final String REQUESTER_PAYS = "requester-pays";
    static final String CREATE_BUCKET = "create-bucket";
    static final String DUAL_STACK = "dual-stack";
    static final String ACCELERATE = "accelerate";
    static final String CHECKSUM = "checksum";
    static final String PART_SIZE = "part-size";
    static final String CA_BUNDLE = "ca-bundle";

    /// Smallest part but the last, in bytes. Source: "Amazon S3 multipart upload limits".
    static final long MIN_PART = 5L << 20;

    /// Largest part, in bytes; also the largest file that is copied or written at once.
    static final long MAX_PART = 5L << 30;

    /// Most parts of a file.
    static final int MAX_PARTS = 10_000;

    private static final long USUAL_PART = 16L << 20;

    private static final String ENDPOINT_WORDS =
            "a URL like 'https://s3.example.com', or a host with a dot or a port like 'localhost:9000',";

    /// A host with a dot in its name, one with a port, an address in brackets, or this machine.
    private static final Pattern HOST_ALONE =
            Pattern.compile("(?:[^/.]+\\.[^/]|[^/:]+:[0-9]|\\[|localhost(?:/|$))", Pattern.CASE_INSENSITIVE);

    /// How requests are signed.
    enum Signature {
        /// Version 4.
        V4,
        /// Version 2.
        V2,
        /// Not at all.
        NONE
    }

    /// What a key of the account may cost or change.
    ///
    /// @param storageClass empty: the bucket's usual one
    /// @param acl a canned one; empty: none is sent
    record Writing(Optional<String> storageClass, Optional<String> acl, Payer payer, NewBuckets newBuckets) {}

    /// Who pays for requests.
    enum Payer {
        /// Whose bucket it is.
        OWNER,
        /// Who asks.
        REQUESTER
    }

    /// What is done where the bucket is not there.
    enum NewBuckets {
        /// It is told.
        REFUSED,
        /// It is made.
        MADE
    }

    /// Which of Amazon's hosts are asked.
    ///
    /// @param dualStack those that have IPv6 addresses too
    /// @param accelerated those that are near
    record AmazonHosts(boolean dualStack, boolean accelerated) {}

    static S3Settings of(Map<String, String> settings) {
        return of(S3Root.of(settings.getOrDefault(PATH, "")), settings);
    }

    /// Of the whole account.
    static S3Settings ofAccount(Map<String, String> settings) {
        return of(S3Root.NONE, settings);
    }

    private static S3Settings of(S3Root root, Map<String, String> settings) {
        Optional<Origin> endpoint = endpoint(settings);
        S3Family family = text(settings, PROVIDER)
                .map(S3Settings::family)
                .orElseGet(
                        () -> endpoint.map(one -> S3Family.ofHost(one.host())).orElse(S3Family.AWS));
        if (endpoint.isEmpty() && family.host("x").isEmpty()) {
            throw wrong(ENDPOINT, "the address of a server of the kind '%s'".formatted(family.key()), "");
        }
        return new S3Settings(
                root,
                family,
                endpoint,
                text(settings, REGION),
                style(settings, family),
                lists(settings, family),
                conditional(settings, family),
                signature(settings),
                writing(settings),
                Encryption.of(text(settings, SSE), text(settings, SSE_KMS_KEY_ID), text(settings, SSE_CUSTOMER_KEY)),
                new AmazonHosts(isOn(settings, DUAL_STACK), isOn(settings, ACCELERATE)),
                sums(settings, family),
                partBytes(settings));
    }

    /// The same at another place of the account.
    S3Settings at(S3Root other) {
        return new S3Settings(
                other,
                family,
                endpoint,
                region,
                style,
                lists,
                conditional,
                signature,
                writing,
                encryption,
                hosts,
                sums,
                partBytes);
    }

    private static Optional<String> text(Map<String, String> settings, String name) {
        return Optional.ofNullable(settings.get(name)).filter(value -> !value.isBlank());
    }

    private static Optional<Origin> endpoint(Map<String, String> settings) {
        return Optional.ofNullable(settings.get(ENDPOINT))
                .filter(text -> !text.isEmpty())
                .map(S3Settings::origin);
    }

    /// Of a URL, or of a host that goes without `https://`. One word alone is more likely a slip than a host's name.
    private static Origin origin(String text) {
        boolean isUrl = text.contains("://");
        try {
            Origin origin = Origin.of(URI.create(isUrl ? text : "https://" + text));
            if (isUrl || HOST_ALONE.matcher(text).lookingAt()) {
                return origin;
            }
        } catch (IllegalArgumentException wrong) {
            throw (IllegalArgumentException)
                    wrong(ENDPOINT, ENDPOINT_WORDS, shown(text)).initCause(wrong);
        }
        throw wrong(ENDPOINT, ENDPOINT_WORDS, shown(text));
    }

    /// A login is not for everybody's eyes.
    private static String shown(String endpoint) {
        return endpoint.replaceFirst("^([^@]*://|)[^/]*@", "$1...@");
    }

    private static S3Family family(String name) {
        return S3Family.of(name).orElseThrow(() -> wrong(PROVIDER, "one of " + S3Family.keys(), name));
    }

    private static Style style(Map<String, String> settings, S3Family family) {
        return switch (settings.getOrDefault(PATH_STYLE, "auto").toLowerCase(Locale.ROOT)) {
            case "auto" -> family.style();
            case "on" -> Style.PATH;
            case "off" -> Style.HOST;
            default -> throw wrong(PATH_STYLE, "auto, on or off", settings.getOrDefault(PATH_STYLE, ""));
        };
    }

    private static Lists lists(Map<String, String> settings, S3Family family) {
        return switch (settings.getOrDefault(LIST_VERSION, "auto")) {
            case "auto" -> family.lists();
            case "1" -> Lists.V1;
            case "2" -> family.lists() == Lists.V2_UNORDERED ? Lists.V2_UNORDERED : Lists.V2;
            default -> throw wrong(LIST_VERSION, "auto, 1 or 2", settings.getOrDefault(LIST_VERSION, ""));
        };
    }

    private static Conditional conditional(Map<String, String> settings, S3Family family) {
        return switch (settings.getOrDefault(CONDITIONAL_WRITES, "auto").toLowerCase(Locale.ROOT)) {
            case "auto" -> family.conditional();
            case "on" -> Conditional.EVERYWHERE;
            case "off" -> Conditional.NONE;
            default ->
                throw wrong(CONDITIONAL_WRITES, "auto, on or off", settings.getOrDefault(CONDITIONAL_WRITES, ""));
        };
    }

    private static Signature signature(Map<String, String> settings) {
        if (isOn(settings, ANONYMOUS)) {
            return Signature.NONE;
        }
        return switch (settings.getOrDefault(SIGNATURE, "v4").toLowerCase(Locale.ROOT)) {
            case "v4" -> Signature.V4;
            case "v2" -> Signature.V2;
            default -> throw wrong(SIGNATURE, "v4 or v2", settings.getOrDefault(SIGNATURE, ""));
        };
    }

    /// What goes behind bytes is part of version 4 of signatures.
    private static Sums sums(Map<String, String> settings, S3Family family) {
        boolean takesTrailers = signature(settings) == Signature.V4;
        return switch (settings.getOrDefault(CHECKSUM, "auto").toLowerCase(Locale.ROOT)) {
            case "auto" -> takesTrailers ? family.sums() : Sums.NEVER;
            case "md5" -> Sums.NEVER;
            case "crc32c" -> {
                if (!takesTrailers) {
                    throw wrong(CHECKSUM, "md5 with anonymous requests or signature v2", "crc32c");
                }
                yield Sums.ALWAYS;
            }
            default -> throw wrong(CHECKSUM, "auto, md5 or crc32c", settings.getOrDefault(CHECKSUM, ""));
        };
    }

    private static Writing writing(Map<String, String> settings) {
        return new Writing(
                text(settings, STORAGE_CLASS).map(one -> one.toUpperCase(Locale.ROOT)),
                text(settings, ACL),
                isOn(settings, REQUESTER_PAYS) ? Payer.REQUESTER : Payer.OWNER,
                isOn(settings, CREATE_BUCKET) ? NewBuckets.MADE : NewBuckets.REFUSED);
    }

    private static long partBytes(Map<String, String> settings) {
        String text = settings.getOrDefault(PART_SIZE, String.valueOf(USUAL_PART));
        try {
            long bytes = Long.parseLong(text);
            if (bytes >= MIN_PART && bytes <= MAX_PART) {
                return bytes;
            }
        } catch (NumberFormatException none) {
            throw (IllegalArgumentException)
                    wrong(PART_SIZE, "a number of bytes", text).initCause(none);
        }
        throw wrong(PART_SIZE, "5 MiB to 5 GiB, in bytes", text);
    }

    private static boolean isOn(Map<String, String> settings, String name) {
        return switch (settings.getOrDefault(name, "off").toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw wrong(name, "on or off", settings.getOrDefault(name, ""));
        };
    }

    /// Why a file cannot be stored under this path.
    Optional<String> refusal(RelPath path) {
        return root.refusal(path).or(() -> refusedName(path));
    }

    private Optional<String> refusedName(RelPath path) {
        int most = family.maxNameBytes();
        // A character takes three bytes at most, and so does what may be put in front of it to quote it.
        return most >= S3Root.MAX_KEY_BYTES || longestName(path.text()) <= most / 6
                ? Optional.empty()
                : Arrays.stream(S3Names.encode(path.text()).split("/", -1))
                        .map(name -> RelPath.bytesOf(name).length)
                        .filter(bytes -> bytes > most)
                        .findFirst()
                        .map(bytes -> "Want names of at most %s bytes but have %s".formatted(most, bytes));
    }

    /// In characters.
    private static int longestName(String path) {
        int longest = 0;
        int from = 0;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
            longest = Math.max(longest, slash - from);
            from = slash + 1;
        }
        return Math.max(longest, path.length() - from);
    }

    static WrongSettingException wrong(String name, String wanted, String found) {
        return new WrongSettingException(name, "Want %s as '%s' but have '%s'".formatted(wanted, name, found));
    }
}
