package io.skyferry.limits;

import java.io.Serial;

/// A text that a user wrote cannot be read: says where and why.
public final class SpecException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String text;
    private final int position;
    private final String reason;

    /// @param text the whole text, as it was written
    /// @param index of the character at fault, counted from 0; the text's length for its end
    /// @param reason what was wanted and what was there instead
    public SpecException(String text, int index, String reason) {
        this(text, index, reason, "%s at position %s of '%s'".formatted(reason, index + 1, text));
    }

    private SpecException(String text, int index, String reason, String message) {
        super(message);
        this.text = text;
        this.position = index + 1;
        this.reason = reason;
    }

    /// The same fault, told with the flag or the line of a file that the text came from.
    public SpecException from(String origin) {
        var told = new SpecException(text, position - 1, reason, "%s: %s".formatted(origin, getMessage()));
        told.initCause(this);
        return told;
    }

    /// The same fault, told of a longer text that holds this one.
    ///
    /// @param start of this text in the longer one, counted from 0
    public SpecException within(String longer, int start) {
        var told = new SpecException(longer, start + position - 1, reason);
        told.initCause(this);
        return told;
    }

    /// The text that cannot be read.
    public String text() {
        return text;
    }

    /// The character at fault, counted from 1; one more than the length for the text's end.
    public int position() {
        return position;
    }

    /// What was wanted and what was there instead, without the place.
    public String reason() {
        return reason;
    }
}
