package io.skyferry.control.exchange;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The kinds of account that TrueNAS knows, under its names.
///
/// Source: the answers of `cloudsync.providers`, releases 22.02 to 27.
public enum TrueNasProvider {
    /// Amazon's S3 and what speaks like it.
    S3("Amazon S3", "s3", "Bucket", "", "fast_list", "region", "encryption", "storage_class"),
    /// Backblaze.
    B2("Backblaze B2", "b2", "Bucket", "", "fast_list", "chunk_size"),
    /// Box.
    BOX("Box", "box", "", "box"),
    /// Dropbox.
    DROPBOX("Dropbox", "dropbox", "", "dropbox", "chunk_size"),
    /// The file transfer protocol.
    FTP("FTP", "ftp", "", ""),
    /// Google's buckets.
    GOOGLE_CLOUD_STORAGE("Google Cloud Storage", "gcs", "Bucket", "", "fast_list", "bucket_policy_only"),
    /// Google's drive.
    GOOGLE_DRIVE("Google Drive", "googledrive", "", "google_drive", "fast_list", "acknowledge_abuse"),
    /// Google's photos.
    GOOGLE_PHOTOS("Google Photos", "googlephotos", "", ""),
    /// Web pages to read from.
    HTTP("HTTP", "http", "", ""),
    /// A service that has ended.
    HUBIC("Hubic", "", "Container", "", "fast_list"),
    /// Microsoft's containers.
    AZUREBLOB("Microsoft Azure Blob Storage", "azure", "Container", "", "fast_list"),
    /// Microsoft's drive.
    ONEDRIVE("Microsoft OneDrive", "onedrive", "", "onedrive"),
    /// Swift.
    OPENSTACK_SWIFT("OpenStack Swift", "swift", "Container", "", "fast_list"),
    /// pCloud.
    PCLOUD("pCloud", "pcloud", "", "pcloud2"),
    /// Files over SSH.
    SFTP("SFTP", "sftp", "", ""),
    /// Storj by its gateway, which speaks S3.
    STORJ_IX("Storj", "s3", "Bucket", "", "fast_list"),
    /// WebDAV.
    WEBDAV("WebDAV", "webdav", "", ""),
    /// Yandex.
    YANDEX("Yandex", "yandex", "", "yandex", "fast_list");

    private static final String PORTAL = "https://www.truenas.com/oauth/";

    private final String title;
    private final String kind;
    private final String bucketTitle;
    private final String portalName;
    /// Joined by blanks, as a list could be changed.
    private final String attributes;

    TrueNasProvider(String title, String kind, String bucketTitle, String portalName, String... attributes) {
        this.title = title;
        this.kind = kind;
        this.bucketTitle = bucketTitle;
        this.portalName = portalName;
        this.attributes = String.join(" ", attributes);
    }

    /// The provider of this name.
    public static Optional<TrueNasProvider> of(String name) {
        return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
    }

    /// All of them as TrueNAS sorts them.
    public static List<TrueNasProvider> sorted() {
        return Arrays.stream(values())
                .sorted(Comparator.comparing(TrueNasProvider::title, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    /// The name for people.
    public String title() {
        return title;
    }

    /// The key of the kind of storage that stands for it here; empty: none ever will.
    public String kind() {
        return kind;
    }

    /// What a bucket is called there; empty: there are none.
    public Optional<String> bucketTitle() {
        return bucketTitle.isEmpty() ? Optional.empty() : Optional.of(bucketTitle);
    }

    /// Where a browser logs in to the account; empty: nowhere.
    public Optional<String> portal() {
        return portalName.isEmpty() ? Optional.empty() : Optional.of(PORTAL + portalName);
    }

    /// What a task can say of the account besides `bucket` and `folder`.
    public List<String> attributes() {
        return attributes.isEmpty() ? List.of() : List.of(attributes.split(" ", -1));
    }
}
