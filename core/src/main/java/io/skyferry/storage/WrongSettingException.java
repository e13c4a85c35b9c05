package io.skyferry.storage;

/// A setting with which no storage can be opened: what was wanted and what was found, never a secret.
public final class WrongSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String setting;

    /// Names the setting, and says what is wrong with it.
    public WrongSettingException(String setting, String message) {
        super(message);
        this.setting = setting;
    }

    /// The name of the setting that is wrong.
    public String setting() {
        return setting;
    }
}
