package io.skyferry.storages.s3;

import io.skyferry.storage.StorageProvider.Setting;
import java.util.List;

/// What can be set, as forms and manuals show it.
final class S3SettingList {
    static final List<Setting> ALL = List.of(
            new Setting(S3Settings.PATH, "Bucket and path", "The bucket, and a path in it: bucket/path.", true, false),
            open(S3Settings.PROVIDER, "Kind of server", S3Family.keys() + "; told by the endpoint if left out."),
            open(S3Settings.ENDPOINT, "Endpoint", "The server's URL; Amazon's own if left out."),
            open(S3Settings.REGION, "Region", "Found out if left out."),
            open(S3Settings.ACCESS_KEY_ID, "Access key ID", "Names the key."),
            secret(S3Settings.SECRET_ACCESS_KEY, "Secret access key", "The key itself."),
            secret(S3Settings.SESSION_TOKEN, "Session token", "Of keys that last a while only."),
            open(S3Settings.PROFILE, "Profile", "One of the files that Amazon's own tools share."),
            open(S3Settings.ANONYMOUS, "Anonymous", "on: nothing is signed; for buckets open to everybody."),
            open(S3Settings.PATH_STYLE, "Bucket in the path", "auto, on or off."),
            open(S3Settings.SIGNATURE, "Signature", "v4, or v2 for very old servers."),
            open(S3Settings.LIST_VERSION, "Version of listings", "auto, 1 or 2."),
            open(
                    S3Settings.CONDITIONAL_WRITES,
                    "Conditional writes",
                    "on: the server is known to keep If-Match and If-None-Match; off: it is known not to; or auto."),
            open(S3Settings.STORAGE_CLASS, "Storage class", "Of new files: STANDARD_IA, GLACIER_IR."),
            open(S3Settings.SSE, "Encryption at the server", "AES256 or aws:kms."),
            open(S3Settings.SSE_KMS_KEY_ID, "Key of the key service", "Its name."),
            secret(S3Settings.SSE_CUSTOMER_KEY, "Customer's key", "32 bytes in Base64, kept nowhere."),
            open(S3Settings.ACL, "Access of new files", "A canned ACL: private, bucket-owner-full-control."),
            open(S3Settings.REQUESTER_PAYS, "Requester pays", "on: requests are paid by this account."),
            open(S3Settings.CREATE_BUCKET, "Make the bucket", "on: a bucket that is not there is made."),
            open(S3Settings.DUAL_STACK, "Dual stack", "on: Amazon's hosts that have IPv6 addresses too."),
            open(S3Settings.ACCELERATE, "Transfer acceleration", "on: Amazon's hosts that are near."),
            open(
                    S3Settings.CHECKSUM,
                    "Checksum",
                    "crc32c: goes with what is sent and is kept by the server; md5: its tags are compared; or auto."),
            open(S3Settings.PART_SIZE, "Part size", "Of large files, in bytes: 5 MiB to 5 GiB."),
            open(S3Settings.CA_BUNDLE, "Certificates", "A PEM file with those to trust instead of the usual ones."));

    private S3SettingList() {}

    private static Setting open(String name, String label, String help) {
        return new Setting(name, label, help, false, false);
    }

    private static Setting secret(String name, String label, String help) {
        return new Setting(name, label, help, false, true);
    }
}
