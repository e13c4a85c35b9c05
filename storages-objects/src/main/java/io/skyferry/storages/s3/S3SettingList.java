package io.skyferry.storages.s3;

import io.skyferry.storage.StorageProvider.Kind;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.List;

/// What can be set, as forms and manuals show it.
final class S3SettingList {
    private static final String AUTO = "auto";
    private static final List<String> AUTO_ON_OFF = List.of(AUTO, "on", "off");

    static final List<Setting> ALL = List.of(
            new Setting(S3Settings.PATH, "Bucket and path", "The bucket, and a path in it: bucket/path.", true, false),
            choice(S3Settings.PROVIDER, "Kind of server", "Told by the endpoint if left out.", "", S3Family.all()),
            open(S3Settings.ENDPOINT, "Endpoint", "The server's URL; Amazon's own if left out."),
            open(S3Settings.REGION, "Region", "Found out if left out."),
            open(
                    S3Settings.ACCESS_KEY_ID,
                    "Access key ID",
                    "The public half of the key pair that the provider gave you."),
            secret(S3Settings.SECRET_ACCESS_KEY, "Secret access key", "Its secret half. It is kept encrypted."),
            secret(S3Settings.SESSION_TOKEN, "Session token", "Of keys that last a while only."),
            open(S3Settings.PROFILE, "Profile", "One of the files that Amazon's own tools share."),
            toggle(S3Settings.ANONYMOUS, "Anonymous", "on: nothing is signed; for buckets open to everybody."),
            choice(
                    S3Settings.PATH_STYLE,
                    "Bucket in the path",
                    "on: host/bucket; off: bucket.host; auto: as the kind of server wants it.",
                    AUTO,
                    AUTO_ON_OFF),
            choice(S3Settings.SIGNATURE, "Signature", "v2 is for very old servers.", "v4", List.of("v4", "v2")),
            choice(
                    S3Settings.LIST_VERSION,
                    "Version of listings",
                    "1 is for servers that know no other.",
                    AUTO,
                    List.of(AUTO, "1", "2")),
            choice(
                    S3Settings.CONDITIONAL_WRITES,
                    "Conditional writes",
                    "on: the server is known to keep If-Match and If-None-Match; off: it is known not to.",
                    AUTO,
                    AUTO_ON_OFF),
            open(S3Settings.STORAGE_CLASS, "Storage class", "Of new files: STANDARD_IA, GLACIER_IR."),
            choice(
                    S3Settings.SSE,
                    "Encryption at the server",
                    "With keys of the server (AES256), or of its key service (aws:kms).",
                    "",
                    List.of("AES256", "aws:kms")),
            open(S3Settings.SSE_KMS_KEY_ID, "Key of the key service", "The name of the key, for aws:kms."),
            secret(S3Settings.SSE_CUSTOMER_KEY, "Customer's key", "32 bytes in Base64, kept nowhere."),
            open(S3Settings.ACL, "Access of new files", "A canned ACL: private, bucket-owner-full-control."),
            toggle(S3Settings.REQUESTER_PAYS, "Requester pays", "on: requests are paid by this account."),
            toggle(S3Settings.CREATE_BUCKET, "Make the bucket", "on: a bucket that is not there is made."),
            toggle(S3Settings.DUAL_STACK, "Dual stack", "on: Amazon's hosts that have IPv6 addresses too."),
            toggle(S3Settings.ACCELERATE, "Transfer acceleration", "on: Amazon's hosts that are near."),
            choice(
                    S3Settings.CHECKSUM,
                    "Checksum",
                    "auto: a CRC-32C where the server says that it keeps one, else its tags are compared; crc32c: always; md5: never.",
                    AUTO,
                    List.of(AUTO, "crc32c", "md5")),
            open(S3Settings.PART_SIZE, "Part size", "Of large files, in bytes: 5 MiB to 5 GiB."),
            open(S3Settings.CA_BUNDLE, "Certificates", "A PEM file with those to trust instead of the usual ones."));

    private S3SettingList() {}

    private static Setting open(String name, String label, String help) {
        return new Setting(name, label, help, false, false);
    }

    private static Setting toggle(String name, String label, String help) {
        return open(name, label, help).of(new Kind.Switch()).usually("off");
    }

    private static Setting choice(String name, String label, String help, String usual, List<String> values) {
        return open(name, label, help).of(new Kind.Choice(values)).usually(usual);
    }

    private static Setting secret(String name, String label, String help) {
        return new Setting(name, label, help, false, true);
    }
}
