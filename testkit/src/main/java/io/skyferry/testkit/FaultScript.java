package io.skyferry.testkit;

import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What goes wrong when: on the nth `READ` of `a/*`, the body breaks off after 1,000 bytes. A value: who
/// plays it does the counting.
///
/// @param rules each counts the calls that it matches; the first that is due speaks
/// @param dice random faults for calls that no rule speaks about
public record FaultScript(List<Rule> rules, Optional<Dice> dice) {
    /// Nothing goes wrong.
    public static final FaultScript PEACE = new FaultScript(List.of(), Optional.empty());

    /// The calls that change something.
    public static final Set<Verb> EFFECTS = Set.copyOf(EnumSet.of(
            Verb.WRITE,
            Verb.BEGIN_UPLOAD,
            Verb.PUT_PART,
            Verb.FINISH_UPLOAD,
            Verb.ABANDON_UPLOAD,
            Verb.ABANDON_PENDING,
            Verb.COPY,
            Verb.MOVE,
            Verb.DELETE,
            Verb.DELETE_ALL,
            Verb.MAKE_DIRECTORY,
            Verb.REMOVE_DIRECTORY,
            Verb.SET_MOD_TIME));

    /// Makes the list unchangeable.
    public FaultScript {
        rules = List.copyOf(rules);
    }

    /// One fault and when it is due.
    ///
    /// @param glob of paths: `*` stays inside a segment, `**` does not
    /// @param first which of the matching calls it begins with, from 1
    /// @param times how many matching calls in a row it hits
    public record Rule(Set<Verb> verbs, String glob, long first, long times, Fault fault) {
        /// Makes the set unchangeable.
        public Rule {
            verbs = Set.copyOf(verbs);
        }

        boolean matches(Where where) {
            return verbs.contains(where.verb()) && globMatches(glob, where.path());
        }

        boolean isDue(long count) {
            return count >= first && count - first < times;
        }
    }

    /// Random faults, the same for the same seed whatever order threads come in.
    ///
    /// @param perThousand how many calls in a thousand are hit
    /// @param mercy how often at most one verb of one path is hit, so that patience gets through
    /// @param trouble what may go wrong
    public record Dice(long seed, int perThousand, int mercy, Trouble trouble) {}

    /// What random faults may do.
    public enum Trouble {
        /// Calls fail before they did anything, bodies break off: patience alone gets through.
        WITHOUT_EFFECT,
        /// Replies are lost too.
        ANY
    }

    /// Hits the nth matching call.
    public FaultScript onNth(long n, Verb verb, String glob, Fault fault) {
        return with(new Rule(EnumSet.of(verb), glob, n, 1, fault));
    }

    /// Hits so many matching calls from the first one on.
    public FaultScript onFirst(long times, Verb verb, String glob, Fault fault) {
        return with(new Rule(EnumSet.of(verb), glob, 1, times, fault));
    }

    /// Hits every matching call.
    public FaultScript onEvery(Verb verb, String glob, Fault fault) {
        return with(new Rule(EnumSet.of(verb), glob, 1, Long.MAX_VALUE, fault));
    }

    /// Hits the nth call that changes something.
    public FaultScript onNthEffect(long n, Fault fault) {
        return with(new Rule(EFFECTS, "**", n, 1, fault));
    }

    /// Throws dice for calls that no rule speaks about.
    public FaultScript withDice(long seed, int perThousand, int mercy, Trouble trouble) {
        return new FaultScript(rules, Optional.of(new Dice(seed, perThousand, mercy, trouble)));
    }

    private FaultScript with(Rule rule) {
        return new FaultScript(Stream.concat(rules.stream(), Stream.of(rule)).toList(), dice);
    }

    static boolean globMatches(String glob, RelPath path) {
        return matches(glob, 0, path.text(), 0);
    }

    private static boolean matches(String glob, int g, String text, int t) {
        if (g == glob.length()) {
            return t == text.length();
        }
        if (glob.startsWith("**", g)) {
            return anyRest(glob, g + 2, text, t, text.length());
        }
        if (glob.charAt(g) == '*') {
            int slash = text.indexOf('/', t);
            return anyRest(glob, g + 1, text, t, slash < 0 ? text.length() : slash);
        }
        return t < text.length() && glob.charAt(g) == text.charAt(t) && matches(glob, g + 1, text, t + 1);
    }

    private static boolean anyRest(String glob, int g, String text, int from, int to) {
        for (int t = from; t <= to; t++) {
            if (matches(glob, g, text, t)) {
                return true;
            }
        }
        return false;
    }
}
