package io.skyferry.control.alert;

/// What alerts are about.
public enum AlertRule {
    /// A task's last run failed. Cleared by its next success.
    TASK_FAILED(Level.ERROR),
    /// A task has had no success for too many of its periods. Cleared by its next success.
    TASK_STALE(Level.WARNING),
    /// A task cannot run before something is unlocked. Cleared when it is.
    TASK_LOCKED(Level.WARNING),
    /// A credential will stop to work soon.
    CREDENTIAL_EXPIRING(Level.WARNING),
    /// An account refused a credential. Cleared when it is taken again.
    CREDENTIAL_REFUSED(Level.ERROR),
    /// There is no space left where something has to be written.
    DISK_FULL(Level.ERROR),
    /// A credential is for a kind of storage that this version does not know any more.
    PROVIDER_RETIRED(Level.INFO),
    /// Somebody tried whether alerts arrive.
    TEST(Level.INFO);

    private final Level level;

    /// How much it matters.
    public enum Level {
        /// Something does not work.
        ERROR,
        /// Something will not work.
        WARNING,
        /// Something to know.
        INFO
    }

    AlertRule(Level level) {
        this.level = level;
    }

    /// How much alerts of this rule matter.
    public Level level() {
        return level;
    }
}
