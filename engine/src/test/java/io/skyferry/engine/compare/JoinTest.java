package io.skyferry.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.engine.scan.Keyed;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.Cases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JoinTest {
    private static Entry.File file(String path) {
        return new Entry.File(
                new RelPath(path),
                1,
                new ModTime.NotKept(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Keyed> side(String... keysAndPaths) {
        List<Keyed> side = new ArrayList<>();
        for (int i = 0; i < keysAndPaths.length; i += 2) {
            side.add(new Keyed(keysAndPaths[i], file(keysAndPaths[i + 1])));
        }
        return side;
    }

    private static Agreed row(String key) {
        return new Agreed(
                new PairKey(key),
                new RelPath(key),
                Agreed.Kind.FILE,
                1,
                Optional.empty(),
                "left",
                "right",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Agreed.Doubt.NONE);
    }

    private static List<Pair> join(List<Keyed> left, List<Keyed> right, List<Agreed> rows) {
        List<Pair> pairs = new ArrayList<>();
        new Join(left.iterator(), right.iterator(), rows.iterator()).forEachRemaining(pairs::add);
        return pairs;
    }

    @Test
    void everyKeyComesOnceWithWhatEachSideHas() {
        List<Pair> pairs = join(
                side("a", "a", "c", "c", "d", "d"), side("b", "b", "c", "c"), List.of(row("b"), row("c"), row("e")));
        assertThat(pairs)
                .containsExactly(
                        new Pair.SourceOnly("a", file("a"), Optional.empty()),
                        new Pair.TargetOnly("b", file("b"), Optional.of(row("b"))),
                        new Pair.Both("c", file("c"), file("c"), Optional.of(row("c"))),
                        new Pair.SourceOnly("d", file("d"), Optional.empty()),
                        new Pair.Neither("e", row("e")));
    }

    @Test
    void severalEntriesOfOneKeyAreAClashAndNoneIsLost() {
        List<Pair> pairs = join(side("a", "A", "a", "a", "b", "b"), side("a", "A", "b", "B", "b", "b"), List.of());
        assertThat(pairs)
                .containsExactly(
                        new Pair.Clash("a", List.of(file("A"), file("a")), List.of(file("A")), Optional.empty()),
                        new Pair.Clash("b", List.of(file("b")), List.of(file("B"), file("b")), Optional.empty()));
    }

    @Test
    void keysAreInTheOrderOfTheirBytes() {
        // As UTF-16 the second would come first.
        List<Pair> pairs = join(side("\uff5e", "\uff5e", "\ud83d\ude00", "\ud83d\ude00"), side(), List.of());
        assertThat(pairs).hasSize(2);
        assertThat(join(side("\uff5e", "\uff5e"), side("\ud83d\ude00", "\ud83d\ude00"), List.of()))
                .extracting(Pair::key)
                .containsExactly("\uff5e", "\ud83d\ude00");
    }

    @Test
    void nothingJoinedIsNothing() {
        var join = new Join(Collections.emptyIterator(), Collections.emptyIterator(), Collections.emptyIterator());
        assertThat(join.hasNext()).isFalse();
        assertThatThrownBy(join::next).isInstanceOf(NoSuchElementException.class);
    }

    private static List<Keyed> made(RandomGenerator random, int size) {
        List<Keyed> side = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            for (int same = random.nextInt(4) - 1; same > 0; same--) {
                side.add(new Keyed("k" + (1_000 + i), file("k" + i + "x" + same)));
            }
        }
        return side;
    }

    @Test
    void whateverIsJoinedComesOutOnceUnderItsKey() {
        Cases.of(400, (random, size) -> {
            List<Keyed> left = made(random, size);
            List<Keyed> right = made(random, size);
            Map<String, Integer> entries = new TreeMap<>();
            left.forEach(one -> entries.merge(one.key(), 1, Integer::sum));
            right.forEach(one -> entries.merge(one.key(), 1, Integer::sum));
            List<Pair> pairs = join(left, right, List.of());
            assertThat(pairs).extracting(Pair::key).containsExactlyElementsOf(entries.keySet());
            pairs.forEach(pair -> assertThat(count(pair)).isEqualTo(entries.get(pair.key())));
        });
    }

    private static int count(Pair pair) {
        return switch (pair) {
            case Pair.SourceOnly _, Pair.TargetOnly _ -> 1;
            case Pair.Both _ -> 2;
            case Pair.Clash clash -> clash.sources().size() + clash.targets().size();
            case Pair.Neither _ -> 0;
        };
    }
}
