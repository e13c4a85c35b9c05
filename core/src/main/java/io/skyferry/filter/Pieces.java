package io.skyferry.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.skyferry.limits.SpecException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The pieces that RE2 reads by itself, looked at one by one.
final class Pieces {
    private Pieces() {}

    /// Whether each piece means by itself what it means in its place; if not, only RE2 may judge.
    static boolean areUnderstood(List<Part> parts, LetterCase letters) {
        return parts.stream().allMatch(part -> isUnderstood(part, letters));
    }

    private static boolean isUnderstood(Part part, LetterCase letters) {
        return switch (part) {
            case Part.Text _, Part.AnyCharacter _, Part.Star _, Part.Stars _ -> true;
            case Part.CharacterClass(String regexp, int index) ->
                endsAtItsEnd(regexp) && refusal(regexp, index, letters).isEmpty();
            case Part.Choice(List<List<Part>> alternatives) ->
                alternatives.stream().allMatch(alternative -> areUnderstood(alternative, letters));
            // `\Q` would quote what follows the piece.
            case Part.Regexp(String source, int index) ->
                !source.contains("\\Q") && refusal(source, index, letters).isEmpty();
            case Part.Escape _ -> false;
        };
    }

    /// Whether RE2 sees the class end where the pattern's brackets balance.
    private static boolean endsAtItsEnd(String regexp) {
        if (regexp.startsWith("\\")) {
            return true;
        }
        return ClassText.end(regexp, 0) == regexp.length();
    }

    private record Refusal(int index, String reason) {}

    static Optional<SpecException> firstRefused(Glob glob, LetterCase letters) {
        return refusals(glob.parts(), letters)
                .findFirst()
                .map(refusal -> new SpecException(glob.text(), refusal.index(), refusal.reason()));
    }

    private static Stream<Refusal> refusals(List<Part> parts, LetterCase letters) {
        return parts.stream().flatMap(part -> switch (part) {
            case Part.Text _, Part.AnyCharacter _, Part.Star _, Part.Stars _ -> Stream.of();
            case Part.Choice(List<List<Part>> alternatives) ->
                alternatives.stream().flatMap(alternative -> refusals(alternative, letters));
            case Part.CharacterClass(String regexp, int index) -> refusal(regexp, index, letters).stream();
            case Part.Regexp(String source, int index) -> refusal(source, index, letters).stream();
            case Part.Escape(String regexp, int index) -> refusal(regexp, index, letters).stream();
        });
    }

    private static Optional<Refusal> refusal(String piece, int index, LetterCase letters) {
        Optional<String> reason = Repeats.fault(piece).or(() -> faultByRe2(piece, letters));
        return reason.map(fault ->
                new Refusal(index, "Want a regular expression of RE2 but have '%s' (%s)".formatted(piece, fault)));
    }

    private static Optional<String> faultByRe2(String piece, LetterCase letters) {
        try {
            Pattern.compile(letters.prefix() + piece);
            return Optional.empty();
        } catch (PatternSyntaxException refused) {
            return Optional.of(refused.getDescription());
        }
    }
}
