package io.skyferry.engine.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Contents that can be told apart wherever they turn up, even cut in pieces of eight bytes.
///
/// A content has a time of its own that no other has, so that size and time tell contents apart wherever both are
/// kept; where times are not kept, each content has a length of its own.
final class Tokens {
    private static final int[] LENGTHS = {0, 8, 8, 8, 8, 24, 48, 88, 200};
    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(10);

    private final boolean lengthsDiffer;
    private final List<Token> given = new ArrayList<>();
    private int count;

    /// A content and its time.
    record Token(String content, Instant time) {}

    /// @param lengthsDiffer whether only lengths tell contents apart
    Tokens(boolean lengthsDiffer) {
        this.lengthsDiffer = lengthsDiffer;
    }

    boolean doLengthsDiffer() {
        return lengthsDiffer;
    }

    Token fresh(SplittableRandom random) {
        int length = LENGTHS[random.nextInt(LENGTHS.length)];
        return lengthsDiffer ? ofLength(8 + 3 * count) : ofLength(length);
    }

    /// A new content of the same length as another one.
    Token ofLength(int length) {
        count++;
        String digits = Integer.toString(count);
        String one = "#" + "0".repeat(6 - digits.length()) + digits + ".";
        String whole = one.repeat(length / one.length() + 1).substring(0, length);
        var token = new Token(whole, newTime());
        if (!lengthsDiffer || given.stream().noneMatch(other -> other.content().length() == length)) {
            given.add(token);
        }
        return token;
    }

    Instant newTime() {
        count++;
        return FIRST.plus(STEP.multipliedBy(count));
    }

    /// One that was given out before, and can be told from all others of these.
    Token again(SplittableRandom random) {
        return given.isEmpty() ? fresh(random) : given.get(random.nextInt(given.size()));
    }
}
