package io.skyferry.crypt.name;

import java.util.function.Function;

/// What came of encrypting or decrypting a name.
public sealed interface NameResult {
    /// It worked.
    ///
    /// @param text a segment or a path; bytes that are no UTF-8 as in [io.skyferry.storage.RelPath]
    record Name(String text) implements NameResult {}

    /// It cannot be.
    ///
    /// @param reason one phrase for the user
    record Refused(String reason) implements NameResult {}

    /// Goes on with the text, if there is one.
    default NameResult then(Function<String, NameResult> next) {
        return switch (this) {
            case Name(String text) -> next.apply(text);
            case Refused refused -> refused;
        };
    }
}
