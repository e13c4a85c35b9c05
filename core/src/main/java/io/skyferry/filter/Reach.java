package io.skyferry.filter;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/// What a pattern can match below a directory: the ground on which directories are left out of a walk.
///
/// The pattern is a small automaton; after it has read the directory's path, the states it is in tell what may
/// follow. A regular expression within counts as "anything", so that the answers stay safe: [#mayMatchBelow]
/// never says no where RE2 could say yes, and [#matchesAllBelow] never says yes where RE2 could say no.
final class Reach {
    private static final int NOWHERE = -1;

    /// For patterns that only RE2 may judge.
    static final Reach UNKNOWN = of(new Glob("", true, List.of(new Part.Regexp("", 0))), LetterCase.MATTERS);

    /// A fork has two ways on and reads nothing; a step reads one code point; the end has no way on.
    ///
    /// @param accepts what a step reads
    private record State(int next, int other, IntPredicate accepts) {
        boolean isStep() {
            return next != NOWHERE && other == NOWHERE;
        }

        boolean isEnd() {
            return next == NOWHERE;
        }
    }

    private final LetterCase letters;
    private final boolean anchored;
    private final List<State> states = new ArrayList<>();
    private final List<Integer> starLoops = new ArrayList<>();
    private final List<Integer> starsLoops = new ArrayList<>();
    private final BitSet start;
    private final BitSet matchingAll = new BitSet();
    private final boolean matchingEverything;
    private boolean exact = true;

    private Reach(Glob glob, LetterCase letters) {
        this.letters = letters;
        this.anchored = glob.anchored();
        int end = add(new State(NOWHERE, NOWHERE, Reach::isNone));
        this.start = closure(build(glob.parts(), end));
        starsLoops.stream().filter(loop -> endsAfter(loop, end)).forEach(matchingAll::set);
        boolean starAlone = starLoops.stream().anyMatch(loop -> start.get(loop) && endsAfter(loop, end));
        this.matchingEverything = exact && ((starAlone && !anchored) || start.intersects(matchingAll));
    }

    static Reach of(Glob glob, LetterCase letters) {
        return new Reach(glob, letters);
    }

    /// Whether it may match a path that starts so.
    ///
    /// @param directory its path with a `/` at the end; empty for the root
    boolean mayMatchBelow(String directory) {
        // What is not anchored may start anew below any directory.
        return !anchored
                || after(directory).stream().anyMatch(state -> states.get(state).isStep());
    }

    /// Whether it matches each path that starts so.
    ///
    /// @param directory its path with a `/` at the end; empty for the root
    boolean matchesAllBelow(String directory) {
        return matchingEverything
                || (exact && !matchingAll.isEmpty() && after(directory).intersects(matchingAll));
    }

    /// The states in which the automaton is when it has read this.
    private BitSet after(String directory) {
        String text = WellFormed.of(directory);
        var current = (BitSet) start.clone();
        var following = new BitSet(states.size());
        int point;
        for (int i = 0; i < text.length() && !(anchored && current.isEmpty()); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            following.clear();
            step(current, point, following);
            if (!anchored && point == '/') {
                following.or(start);
            }
            BitSet read = current;
            current = following;
            following = read;
        }
        return current;
    }

    private void step(BitSet current, int point, BitSet following) {
        for (int i = current.nextSetBit(0); i >= 0; i = current.nextSetBit(i + 1)) {
            State state = states.get(i);
            if (state.isStep() && state.accepts().test(point)) {
                addClosure(state.next(), following);
            }
        }
    }

    private boolean endsAfter(int loop, int end) {
        return closure(states.get(loop).other()).get(end);
    }

    private BitSet closure(int state) {
        var closure = new BitSet();
        addClosure(state, closure);
        return closure;
    }

    private void addClosure(int state, BitSet closure) {
        if (closure.get(state)) {
            return;
        }
        closure.set(state);
        State reached = states.get(state);
        if (!reached.isStep() && !reached.isEnd()) {
            addClosure(reached.next(), closure);
            addClosure(reached.other(), closure);
        }
    }

    private int add(State state) {
        states.add(state);
        return states.size() - 1;
    }

    /// Builds backwards: each part leads to what follows it.
    private int build(List<Part> parts, int end) {
        int next = end;
        for (Part part : parts.reversed()) {
            next = build(part, next);
        }
        return next;
    }

    private int build(Part part, int next) {
        return switch (part) {
            case Part.Text(String literal) -> text(literal, next);
            case Part.AnyCharacter() -> step(Reach::isNoSlash, next);
            case Part.Star() -> loop(Reach::isNoSlash, next, starLoops);
            case Part.Stars() -> loop(Reach::isAny, next, starsLoops);
            case Part.CharacterClass set -> step(points(set.source()), next);
            case Part.Choice(List<List<Part>> alternatives) -> choice(alternatives, next);
            case Part.Regexp _, Part.Escape _ -> {
                exact = false;
                yield loop(Reach::isAny, next, starsLoops);
            }
        };
    }

    private int text(String literal, int end) {
        int next = end;
        for (int point : new StringBuilder(literal).reverse().codePoints().toArray()) {
            next = step(letter(point), next);
        }
        return next;
    }

    private IntPredicate letter(int letter) {
        boolean alone = letters == LetterCase.MATTERS || (letter < 0x80 && !Character.isLetter(letter));
        return alone
                ? point -> point == letter
                : points(Part.regexp(List.of(new Part.Text(Character.toString(letter)))));
    }

    private IntPredicate points(String regexp) {
        Pattern pattern = Pattern.compile(letters.prefix() + regexp);
        return point -> pattern.matches(Character.toString(point));
    }

    private int step(IntPredicate accepts, int next) {
        return add(new State(next, NOWHERE, accepts));
    }

    private int loop(IntPredicate accepts, int next, List<Integer> loops) {
        int fork = states.size();
        add(new State(fork + 1, next, Reach::isNone));
        step(accepts, fork);
        loops.add(fork);
        return fork;
    }

    private int choice(List<List<Part>> alternatives, int end) {
        int way = build(alternatives.getLast(), end);
        for (List<Part> alternative : alternatives.reversed().subList(1, alternatives.size())) {
            way = add(new State(build(alternative, end), way, Reach::isNone));
        }
        return way;
    }

    private static boolean isNone(int point) {
        return false;
    }

    private static boolean isAny(int point) {
        return true;
    }

    private static boolean isNoSlash(int point) {
        return point != '/';
    }
}
