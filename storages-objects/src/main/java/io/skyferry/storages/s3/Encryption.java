package io.skyferry.storages.s3;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.HashType;
import io.skyferry.storage.WrongSettingException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// How the server encrypts what it keeps.
///
/// Source: "Protecting data with server-side encryption" of the Amazon S3 User Guide.
sealed interface Encryption {
    /// As the bucket says.
    record Usual() implements Encryption {}

    /// With keys of the server.
    record ByServer() implements Encryption {}

    /// With a key of the key service.
    ///
    /// @param key empty: the account's own
    record ByService(Optional<String> key) implements Encryption {}

    /// With a key that goes with each request and is kept nowhere.
    ///
    /// @param key 32 bytes, in Base64
    record ByCustomer(String key) implements Encryption {
        /// Leaves the key out.
        @Override
        public String toString() {
            return "ByCustomer[]";
        }
    }

    /// Of settings.
    static Encryption of(Optional<String> kind, Optional<String> serviceKey, Optional<String> customerKey) {
        if (customerKey.isPresent()) {
            if (kind.isPresent() || serviceKey.isPresent()) {
                throw new WrongSettingException(
                        S3Settings.SSE_CUSTOMER_KEY,
                        "Want one kind of encryption but have '%s' and a customer's key"
                                .formatted(kind.orElse("aws:kms")));
            }
            return new ByCustomer(checked(customerKey.orElseThrow()));
        }
        return switch (kind.orElse(serviceKey.isPresent() ? "aws:kms" : "")) {
            case "" -> new Usual();
            case "AES256" -> new ByServer();
            case "aws:kms" -> new ByService(serviceKey);
            default -> throw S3Settings.wrong(S3Settings.SSE, "AES256 or aws:kms", kind.orElse(""));
        };
    }

    private static String checked(String key) {
        try {
            if (Base64.getDecoder().decode(key).length == 32) {
                return key;
            }
        } catch (IllegalArgumentException none) {
            throw (IllegalArgumentException) wrongKey("something else").initCause(none);
        }
        throw wrongKey("another number");
    }

    private static WrongSettingException wrongKey(String found) {
        return new WrongSettingException(
                S3Settings.SSE_CUSTOMER_KEY,
                "Want 32 bytes in Base64 as '%s' but have %s".formatted(S3Settings.SSE_CUSTOMER_KEY, found));
    }

    /// Headers of requests that make a file.
    default Map<String, String> writing() {
        return switch (this) {
            case Usual _ -> Map.of();
            case ByServer _ -> Map.of("x-amz-server-side-encryption", "AES256");
            case ByService(Optional<String> key) ->
                key.isPresent()
                        ? Map.of(
                                "x-amz-server-side-encryption",
                                "aws:kms",
                                "x-amz-server-side-encryption-aws-kms-key-id",
                                key.orElseThrow())
                        : Map.of("x-amz-server-side-encryption", "aws:kms");
            case ByCustomer _ -> reading();
        };
    }

    /// Headers of requests that look at a file, or add to one.
    default Map<String, String> reading() {
        return customerKey("x-amz-server-side-encryption-customer-");
    }

    /// Headers of requests that copy from a file.
    default Map<String, String> copying() {
        return customerKey("x-amz-copy-source-server-side-encryption-customer-");
    }

    private Map<String, String> customerKey(String start) {
        if (this instanceof ByCustomer(String key)) {
            byte[] md5 = HexFormat.of()
                    .parseHex(Hasher.hex(HashType.MD5, Base64.getDecoder().decode(key)));
            return Map.of(
                    start + "algorithm",
                    "AES256",
                    start + "key",
                    key,
                    start + "key-md5",
                    Base64.getEncoder().encodeToString(md5));
        }
        return Map.of();
    }

    /// Whether the tag of a file that was written so is the MD5 of its bytes.
    default boolean keepsMd5() {
        return switch (this) {
            case Usual _, ByServer _ -> true;
            case ByService _, ByCustomer _ -> false;
        };
    }
}
