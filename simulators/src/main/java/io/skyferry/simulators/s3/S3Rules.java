package io.skyferry.simulators.s3;

import java.util.Set;

/// What kind of server is simulated.
///
/// @param region that signatures must name
/// @param pageKeys most keys of one page
/// @param minPartBytes smallest part but the last
/// @param quirks what it does unlike Amazon
public record S3Rules(
        String region,
        Conditions conditions,
        Lists lists,
        Versions versions,
        int pageKeys,
        long minPartBytes,
        Set<Quirk> quirks) {
    /// As Amazon does it.
    public static final S3Rules AMAZON =
            new S3Rules("us-east-1", Conditions.KEPT, Lists.BOTH, Versions.OFF, 1000, 5L << 20, Set.of());

    /// What becomes of `If-Match` and `If-None-Match` of writes.
    public enum Conditions {
        /// They are kept.
        KEPT,
        /// They are not looked at, as by many small servers.
        IGNORED,
        /// They are refused.
        REFUSED
    }

    /// Which listings there are.
    public enum Lists {
        /// Version 1 and 2.
        BOTH,
        /// Version 1: what version 2 asks for beyond it is not looked at.
        FIRST_ONLY
    }

    /// Whether older versions are kept.
    public enum Versions {
        /// They are.
        ON,
        /// They are not.
        OFF
    }

    /// What some servers do unlike Amazon.
    public enum Quirk {
        /// A customer's key is not looked at: what is stored can be read without it.
        IGNORES_CUSTOMER_KEYS,
        /// Unfinished uploads are listed by their whole key, not by what it begins with.
        LISTS_UPLOADS_BY_KEY,
        /// No checksum is looked at or told, as by servers from before there were any.
        KEEPS_NO_SUMS,
        /// What has or asks for checksums is refused, as by Backblaze B2.
        REFUSES_SUMS,
        /// Checksums of parts are kept, but none of the whole, as by older releases of MinIO.
        KEEPS_SUMS_OF_PARTS,
        /// Checksums are wanted where an upload is finished, but neither told with its parts nor listed.
        TELLS_NO_SUMS,
        /// The same, but those that come before the bytes of a part are told with it, as by S3Proxy.
        TELLS_NO_SUMS_BEHIND,
        /// Tags of files look like an MD5 and are none.
        TAGS_ANYHOW,
        /// Files are deleted one by one, as by servers that never learned DeleteObjects.
        DELETES_NO_BATCH,
        /// A file that is made of parts gets the first of them alone.
        LEAVES_PARTS_OUT,
        /// Whoever goes on with a listing gets its first page again.
        LISTS_FROM_THE_START
    }

    /// Makes the quirks unchangeable.
    public S3Rules {
        quirks = Set.copyOf(quirks);
    }

    /// With this quirk alone.
    public S3Rules with(Quirk quirk) {
        return new S3Rules(region, conditions, lists, versions, pageKeys, minPartBytes, Set.of(quirk));
    }

    /// With conditions treated so.
    public S3Rules with(Conditions other) {
        return new S3Rules(region, other, lists, versions, pageKeys, minPartBytes, quirks);
    }

    /// With these listings.
    public S3Rules with(Lists other) {
        return new S3Rules(region, conditions, other, versions, pageKeys, minPartBytes, quirks);
    }

    /// With versions treated so.
    public S3Rules with(Versions other) {
        return new S3Rules(region, conditions, lists, other, pageKeys, minPartBytes, quirks);
    }

    /// In another region.
    public S3Rules in(String other) {
        return new S3Rules(other, conditions, lists, versions, pageKeys, minPartBytes, quirks);
    }

    /// With pages of at most so many keys.
    public S3Rules paged(int keys) {
        return new S3Rules(region, conditions, lists, versions, keys, minPartBytes, quirks);
    }
}
