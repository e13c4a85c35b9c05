package io.skyferry.cli;

/// Which Skyferry this is.
public final class Version {
    /// The version of the build, as the root pom says it.
    public static final String TEXT = "0.1.0-SNAPSHOT";

    private Version() {}
}
