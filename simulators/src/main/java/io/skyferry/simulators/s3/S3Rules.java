package io.skyferry.simulators.s3;

/// What kind of server is simulated.
///
/// @param region that signatures must name
/// @param pageKeys most keys of one page
/// @param minPartBytes smallest part but the last
public record S3Rules(
        String region, Conditions conditions, Lists lists, Versions versions, int pageKeys, long minPartBytes) {
    /// As Amazon does it.
    public static final S3Rules AMAZON =
            new S3Rules("us-east-1", Conditions.KEPT, Lists.BOTH, Versions.OFF, 1000, 5L << 20);

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

    /// With conditions treated so.
    public S3Rules with(Conditions other) {
        return new S3Rules(region, other, lists, versions, pageKeys, minPartBytes);
    }

    /// With these listings.
    public S3Rules with(Lists other) {
        return new S3Rules(region, conditions, other, versions, pageKeys, minPartBytes);
    }

    /// With versions treated so.
    public S3Rules with(Versions other) {
        return new S3Rules(region, conditions, lists, other, pageKeys, minPartBytes);
    }

    /// In another region.
    public S3Rules in(String other) {
        return new S3Rules(other, conditions, lists, versions, pageKeys, minPartBytes);
    }

    /// With pages of at most so many keys.
    public S3Rules paged(int keys) {
        return new S3Rules(region, conditions, lists, versions, keys, minPartBytes);
    }
}
