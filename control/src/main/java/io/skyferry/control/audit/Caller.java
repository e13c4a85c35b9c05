package io.skyferry.control.audit;

/// Who asks for something.
///
/// @param name of the user
/// @param origin from where, as `cli` or an address
public record Caller(String name, Role role, String origin) {
    /// The product itself: schedules and recovery.
    public static final Caller SERVICE = new Caller("service", Role.ADMIN, "service");

    /// Whoever works on the files of the database directly.
    ///
    /// @param name the operating system's name for them
    public static Caller local(String name) {
        return new Caller(name, Role.ADMIN, "command line");
    }
}
