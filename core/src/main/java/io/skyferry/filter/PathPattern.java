package io.skyferry.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.skyferry.limits.SpecException;

/// A pattern ready to be asked. Time is linear in the path: RE2 decides, where nothing simpler can.
final class PathPattern {
    private final Glob glob;
    private final Pattern regexp;
    private final Shortcuts shortcuts;
    private final Reach reach;

    private PathPattern(Glob glob, LetterCase letters, Pattern regexp) {
        this.glob = glob;
        this.regexp = regexp;
        boolean understood = Pieces.areUnderstood(glob.parts(), letters);
        this.shortcuts = understood ? Shortcuts.of(glob, letters) : Shortcuts.NONE;
        this.reach = understood ? Reach.of(glob, letters) : Reach.UNKNOWN;
    }

    /// @throws SpecException naming the place that RE2 does not take
    static PathPattern of(Glob glob, LetterCase letters) {
        String regexp = letters.prefix() + glob.regexp();
        Repeats.fault(regexp).ifPresent(fault -> {
            throw refused(glob, letters, fault);
        });
        try {
            return new PathPattern(glob, letters, Pattern.compile(regexp));
        } catch (PatternSyntaxException refused) {
            SpecException told = refused(glob, letters, refused.getDescription());
            told.initCause(refused);
            throw told;
        }
    }

    /// Says which piece is at fault, or the whole where none is by itself.
    private static SpecException refused(Glob glob, LetterCase letters, String fault) {
        return Pieces.firstRefused(glob, letters)
                .orElseGet(() ->
                        new SpecException(glob.text(), 0, "Want a pattern for RE2 but have one it refuses: " + fault));
    }

    Glob glob() {
        return glob;
    }

    /// Whether it matches this path; a directory's ends in `/`.
    boolean matches(String path) {
        return switch (shortcuts.ask(path)) {
            case YES -> true;
            case NO -> false;
            case UNSURE -> matchesByRegexp(path);
        };
    }

    /// What RE2 alone says: the meaning of the pattern.
    boolean matchesByRegexp(String path) {
        return regexp.matcher(WellFormed.of(path)).find();
    }

    /// What it can match below a directory.
    Reach reach() {
        return reach;
    }
}
