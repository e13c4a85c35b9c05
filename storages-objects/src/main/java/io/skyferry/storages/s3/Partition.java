package io.skyferry.storages.s3;

/// A part of Amazon's cloud that has accounts and names of its own.
///
/// Source: "AWS service endpoints" and the partitions file of Amazon's SDKs.
///
/// @param suffix what its hosts end in
record Partition(String suffix) {
    private static final Partition USUAL = new Partition("amazonaws.com");
    private static final Partition CHINA = new Partition("amazonaws.com.cn");
    private static final Partition ISO = new Partition("c2s.ic.gov");
    private static final Partition ISO_B = new Partition("sc2s.sgov.gov");
    private static final Partition ISO_E = new Partition("cloud.adc-e.uk");
    private static final Partition ISO_F = new Partition("csp.hci.ic.gov");
    private static final Partition EUROPE = new Partition("amazonaws.eu");

    /// The one that a region lies in.
    static Partition of(String region) {
        if (region.startsWith("cn-")) {
            return CHINA;
        }
        if (region.startsWith("us-iso-")) {
            return ISO;
        }
        if (region.startsWith("us-isob-")) {
            return ISO_B;
        }
        if (region.startsWith("eu-isoe-")) {
            return ISO_E;
        }
        if (region.startsWith("us-isof-") || region.startsWith("eu-isof-")) {
            return ISO_F;
        }
        return region.startsWith("eusc-") ? EUROPE : USUAL;
    }
}
