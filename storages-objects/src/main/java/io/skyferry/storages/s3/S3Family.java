package io.skyferry.storages.s3;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the servers that speak S3 do each in its own way: data, so that no code asks which one it is.
///
/// Sources: the vendors' pages on S3 compatibility; rclone's provider table for what users found out. None of the
/// clouds was asked; Ceph, S3Proxy and Swift were.
enum S3Family {
    /// Amazon, all partitions: the endpoint follows the region.
    AWS("s3.{region}.{suffix}", "us-east-1", Style.HOST, Lists.V2, Conditional.EVERYWHERE, PartTags.MD5, 50L << 40),
    /// Storj's gateway: paths are encrypted, so that listings have no order that could be relied on.
    STORJ("gateway.storjshare.io", "us-east-1", Style.PATH, Lists.V2_UNORDERED, Conditional.NONE, PartTags.MD5, 0),
    /// Alibaba Object Storage Service.
    OSS("s3.oss-{region}.aliyuncs.com", "cn-hangzhou", Style.HOST, Lists.V2, Conditional.NONE, PartTags.OTHER, 0),
    /// Tencent Cloud Object Storage.
    COS("cos.{region}.myqcloud.com", "ap-guangzhou", Style.HOST, Lists.V1, Conditional.NONE, PartTags.OTHER, 0),
    /// JD Cloud.
    JD("s3.{region}.jdcloud-oss.com", "cn-north-1", Style.HOST, Lists.V1, Conditional.NONE, PartTags.OTHER, 19L << 40),
    /// hicloud S3 of Chunghwa Telecom.
    HICLOUD("s3.hicloud.net.tw", "us-east-1", Style.PATH, Lists.V1, Conditional.NONE, PartTags.OTHER, 1L << 40),
    /// NAS Backup of SFR: no file over 3.9 GB.
    SFR(
            "api.suite-stockage-cloud.sfrbusinessteam.fr",
            "us-east-1",
            Style.PATH,
            Lists.V1,
            Conditional.NONE,
            PartTags.OTHER,
            3_900_000_000L),
    /// Cloudflare R2: all parts but the last of one size.
    R2("", "auto", Style.PATH, Lists.V2, Conditional.EVERYWHERE, PartTags.MD5, 0),
    /// Wasabi.
    WASABI("s3.{region}.wasabisys.com", "us-east-1", Style.HOST, Lists.V2, Conditional.NONE, PartTags.MD5, 0),
    /// Backblaze B2 by its S3 door.
    B2("s3.{region}.backblazeb2.com", "us-west-004", Style.PATH, Lists.V2, Conditional.NONE, PartTags.OTHER, 10L << 40),
    /// MinIO.
    MINIO("", "us-east-1", Style.PATH, Lists.V2, Conditional.EVERYWHERE, PartTags.MD5, 0),
    /// Ceph's RADOS Gateway, from release 14 on: it compares the tag of `If-Match` with its quotes when files are
    /// written, so none are sent.
    CEPH("", "us-east-1", Style.PATH, Lists.V2, Conditional.ON_WRITE_BARE, PartTags.MD5, 0),
    /// S3Proxy over a file system: it sorts by UTF-16, and keys become the names of files.
    S3PROXY("", "us-east-1", Style.PATH, Lists.V2_UNORDERED, Conditional.ON_WRITE, PartTags.OTHER, 0),
    /// Anything else: nothing is taken for granted.
    OTHER("", "us-east-1", Style.PATH, Lists.V2_OR_V1, Conditional.UNKNOWN, PartTags.OTHER, 0);

    private static final long USUAL_MAX_FILE = 5L << 40;

    /// 255, as file systems have it, without what S3Proxy adds while it writes: a sign and a UUID.
    private static final int FILE_NAME_BYTES = 218;

    private final String host;
    private final String region;
    private final Style style;
    private final Lists lists;
    private final Conditional conditional;
    private final PartTags partTags;
    private final long maxFileBytes;

    S3Family(
            String host,
            String region,
            Style style,
            Lists lists,
            Conditional conditional,
            PartTags partTags,
            long maxFileBytes) {
        this.host = host;
        this.region = region;
        this.style = style;
        this.lists = lists;
        this.conditional = conditional;
        this.partTags = partTags;
        this.maxFileBytes = maxFileBytes == 0 ? USUAL_MAX_FILE : maxFileBytes;
    }

    /// Where the bucket's name stands.
    enum Style {
        /// In front of the host.
        HOST,
        /// In front of the path.
        PATH
    }

    /// How listings come.
    enum Lists {
        /// Version 2, sorted.
        V2,
        /// Version 2, in no order.
        V2_UNORDERED,
        /// Version 1, sorted.
        V1,
        /// Version 2, sorted; version 1 where the server refuses that, or fails at it again and again.
        V2_OR_V1
    }

    /// Where `If-Match` and `If-None-Match` are kept at the moment of the effect.
    enum Conditional {
        /// When files are written and when they are made of parts.
        EVERYWHERE,
        /// When files are written.
        ON_WRITE,
        /// When files are written, by tags without their quotes.
        ON_WRITE_BARE,
        /// Nobody knows: they are sent, and what is there is looked at before.
        UNKNOWN,
        /// Nowhere: they are not sent.
        NONE
    }

    /// What the tag of a file that was made of parts is.
    enum PartTags {
        /// The MD5 of the parts' MD5s and their number, as at Amazon.
        MD5,
        /// Anything.
        OTHER
    }

    /// Whether CRC-32C is kept of bytes besides their MD5, which proves that they arrived and is dear.
    enum Sums {
        /// Of files that are written at once, of parts, and of whole files that are made of parts.
        ALWAYS,
        /// Of some of these, by some releases: the server says so when it is asked.
        ASKED,
        /// Of nothing.
        NEVER
    }

    /// The family of that name, in any case.
    static Optional<S3Family> of(String name) {
        return Arrays.stream(values())
                .filter(one -> one.key().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /// The family that an endpoint's host tells; [#OTHER] where it tells none.
    static S3Family ofHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".amazonaws.com") || name.endsWith(".amazonaws.com.cn")) {
            return AWS;
        }
        if (name.endsWith(".r2.cloudflarestorage.com")) {
            return R2;
        }
        if (name.endsWith("storjshare.io")) {
            return STORJ;
        }
        if (name.endsWith(".aliyuncs.com")) {
            return OSS;
        }
        if (name.endsWith(".myqcloud.com")) {
            return COS;
        }
        if (name.endsWith(".jdcloud-oss.com")) {
            return JD;
        }
        if (name.endsWith(".hicloud.net.tw")) {
            return HICLOUD;
        }
        if (name.endsWith(".sfrbusinessteam.fr")) {
            return SFR;
        }
        if (name.endsWith(".wasabisys.com")) {
            return WASABI;
        }
        return name.endsWith(".backblazeb2.com") ? B2 : OTHER;
    }

    /// As it stands in settings.
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// All names, for messages.
    static String keys() {
        return String.join(", ", all());
    }

    /// What all of them are called in settings.
    static List<String> all() {
        return Arrays.stream(values()).map(S3Family::key).toList();
    }

    String defaultRegion() {
        return region;
    }

    /// The host of a region; empty where there is none that could be known.
    Optional<String> host(String inRegion) {
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of(host.replace("{region}", inRegion)
                        .replace("{suffix}", Partition.of(inRegion).suffix()));
    }

    Style style() {
        return style;
    }

    Lists lists() {
        return lists;
    }

    Conditional conditional() {
        return conditional;
    }

    /// Whether unfinished uploads are listed by what their keys begin with. MinIO lists those of one whole key only;
    /// what another server does nobody knows.
    boolean listsUploadsBelow() {
        return this != MINIO && this != OTHER;
    }

    PartTags partTags() {
        return partTags;
    }

    /// Others than these are known to refuse what asks for checksums, or nobody knows.
    Sums sums() {
        return switch (this) {
            case AWS -> Sums.ALWAYS;
            case MINIO, CEPH, S3PROXY, OTHER -> Sums.ASKED;
            case STORJ, OSS, COS, JD, HICLOUD, SFR, R2, WASABI, B2 -> Sums.NEVER;
        };
    }

    long maxFileBytes() {
        return maxFileBytes;
    }

    /// How many bytes a name between slashes may have: less than a key where a file system is behind.
    int maxNameBytes() {
        return this == S3PROXY ? FILE_NAME_BYTES : S3Root.MAX_KEY_BYTES;
    }
}
