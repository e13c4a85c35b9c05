package io.skyferry.engine.pair;

import static io.skyferry.engine.pair.PairSamples.anything;
import static io.skyferry.engine.pair.PairSamples.begun;
import static io.skyferry.engine.pair.PairSamples.file;
import static io.skyferry.engine.pair.PairSamples.part;
import static io.skyferry.engine.pair.PairSamples.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.ItemId;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every memory of a pair must do, wherever it keeps its rows.
public abstract class PairMemoryContract {
    private static final StorageIdentity ALICE = place("/home/alice");
    private static final StorageIdentity BACKUP = place("/backup");
    private static final RelPath PATH = new RelPath("a");

    /// Memories, none of which is in use. The same ones at each call.
    protected abstract PairMemories memories();

    private PairMemory open() {
        return openFrom(ALICE, BACKUP);
    }

    private PairMemory openExchanged() {
        return openFrom(BACKUP, ALICE);
    }

    private PairMemory openFrom(StorageIdentity one, StorageIdentity other) {
        return memories().open(one, other, Duration.ZERO);
    }

    private static List<Agreed> rowsOf(PairMemory memory) {
        var rows = new ArrayList<Agreed>();
        try (PairMemory.Rows all = memory.agreed()) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }

    @Test
    void pairIsNewUntilSomethingIsAgreedOn() {
        var roots = new Roots("left volume", "right volume", "boot");
        try (PairMemory memory = open()) {
            assertThat(memory.standing()).isEqualTo(new PairMemory.Standing.New());
            assertThat(memory.roots()).isEmpty();
            memory.putRoots(roots);
        }
        try (PairMemory memory = open()) {
            assertThat(memory.standing()).isEqualTo(new PairMemory.Standing.New());
            assertThat(memory.roots()).contains(roots);
            memory.put(file("a"));
        }
        try (PairMemory memory = open()) {
            assertThat(memory.standing()).isEqualTo(new PairMemory.Standing.Known());
            assertThat(memory.roots()).contains(roots);
        }
    }

    @Test
    void newMemoryHoldsNothing() {
        try (PairMemory memory = open()) {
            assertThat(rowsOf(memory)).isEmpty();
            assertThat(memory.agreedAt(new PairKey("a"))).isEmpty();
            assertThat(memory.agreedAs(Side.LEFT, new ItemId("1"))).isEmpty();
            assertThat(memory.agreedFiles()).isZero();
            assertThat(memory.unfinished()).isEmpty();
            assertThat(memory.unfinishedAt(Side.LEFT, PATH)).isEmpty();
            assertThat(memory.intent(Side.LEFT, PATH)).isEmpty();
            assertThat(memory.intended(Side.LEFT)).isEmpty();
            assertThat(memory.skipped(Side.LEFT, PATH)).isEmpty();
            assertThat(memory.cursor("feed")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void rowsComeBackInOrderJustAsTheyWerePut(long seed) {
        var random = new SplittableRandom(seed);
        var put = new TreeMap<PairKey, Agreed>();
        try (PairMemory memory = open()) {
            for (int i = 0; i < 300; i++) {
                Agreed row = anything(random);
                put.put(row.key(), row);
                memory.put(row);
            }
            assertThat(rowsOf(memory)).containsExactlyElementsOf(put.values());
        }
        try (PairMemory memory = open()) {
            assertThat(rowsOf(memory)).containsExactlyElementsOf(put.values());
            put.forEach((key, row) -> assertThat(memory.agreedAt(key)).contains(row));
        }
    }

    @Test
    void keysSortByTheirBytes() {
        try (PairMemory memory = open()) {
            List.of("a/b", "a.b", "a-b", "\udc80", "𝒳", "｡", "a", "B").forEach(path -> memory.put(file(path)));
            assertThat(rowsOf(memory))
                    .extracting(row -> row.path().text())
                    .containsExactly("B", "a", "a-b", "a.b", "a/b", "\udc80", "｡", "𝒳");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void memoryAgreesWithMap(long seed) {
        var random = new SplittableRandom(seed);
        var model = new TreeMap<PairKey, Agreed>();
        PairMemory memory = open();
        for (int i = 0; i < 300; i++) {
            switch (random.nextInt(12)) {
                case 0 -> memory.settle();
                case 1 -> {
                    memory.close();
                    memory = random.nextBoolean() ? open() : openedTwice();
                }
                case 2, 3, 4 -> {
                    PairKey key = anyKey(random, model);
                    model.remove(key);
                    memory.forget(key);
                }
                case 5 -> assertThat(memory.agreedFiles()).isEqualTo(files(model));
                case 6 -> assertThat(rowsOf(memory)).containsExactlyElementsOf(model.values());
                case 7 -> {
                    PairKey key = anyKey(random, model);
                    assertThat(memory.agreedAt(key)).isEqualTo(Optional.ofNullable(model.get(key)));
                }
                case 8 -> looksUpAnIdentity(random, model, memory);
                default -> {
                    Agreed row = anything(random);
                    model.put(row.key(), row);
                    memory.put(row);
                }
            }
        }
        memory.close();
    }

    private PairMemory openedTwice() {
        openExchanged().close();
        return open();
    }

    private static PairKey anyKey(RandomGenerator random, NavigableMap<PairKey, Agreed> model) {
        PairKey other = anything(random).key();
        return Optional.ofNullable(model.ceilingKey(other)).orElse(other);
    }

    private static long files(NavigableMap<PairKey, Agreed> model) {
        return model.values().stream()
                .filter(row -> row.kind() == Agreed.Kind.FILE)
                .count();
    }

    private static void looksUpAnIdentity(
            RandomGenerator random, NavigableMap<PairKey, Agreed> model, PairMemory memory) {
        Side side = random.nextBoolean() ? Side.LEFT : Side.RIGHT;
        ItemId id = Optional.ofNullable(model.get(anyKey(random, model)))
                .flatMap(row -> row.idOn(side))
                .orElse(new ItemId("nobody's"));
        assertThat(memory.agreedAs(side, id))
                .containsExactlyElementsOf(model.values().stream()
                        .filter(row -> row.idOn(side).filter(id::equals).isPresent())
                        .toList());
    }

    @Test
    void identityFindsRowsThatWaitAndRowsThatAreSettled() {
        try (PairMemory memory = open()) {
            memory.put(file("settled", "1"));
            memory.put(file("forgotten", "1"));
            memory.put(file("changed", "1"));
            memory.settle();
            memory.forget(new PairKey("forgotten"));
            memory.put(file("changed", "2"));
            memory.put(file("another", "1"));
            assertThat(memory.agreedAs(Side.LEFT, new ItemId("1")))
                    .containsExactly(file("another", "1"), file("settled", "1"));
            assertThat(memory.agreedAs(Side.LEFT, new ItemId("2"))).containsExactly(file("changed", "2"));
            assertThat(memory.agreedAs(Side.RIGHT, new ItemId("1"))).isEmpty();
        }
    }

    @Test
    void rowsAreReadWhileOthersAreWritten() {
        try (PairMemory memory = open()) {
            List<Agreed> before = IntStream.range(0, 2_000)
                    .mapToObj(i -> file("file " + (10_000 + i)))
                    .toList();
            before.forEach(memory::put);
            var seen = new ArrayList<PairKey>();
            try (PairMemory.Rows rows = memory.agreed()) {
                while (rows.hasNext()) {
                    PairKey key = rows.next().key();
                    seen.add(key);
                    memory.put(file("behind " + key.text()));
                    memory.forget(key);
                    if (!key.text().endsWith("ahead")) {
                        memory.put(file(key.text() + " ahead"));
                    }
                }
            }
            assertThat(seen).isSorted().doesNotHaveDuplicates();
            assertThat(seen).containsAll(before.stream().map(Agreed::key).toList());
            assertThat(memory.agreedFiles()).isEqualTo(rowsOf(memory).size());
        }
    }

    @Test
    void readingMayEndEarly() {
        try (PairMemory memory = open()) {
            IntStream.range(0, 3_000).forEach(i -> memory.put(file("file " + (10_000 + i))));
            try (PairMemory.Rows rows = memory.agreed()) {
                assertThat(rows.next()).isEqualTo(file("file 10000"));
            }
            try (PairMemory.Rows rows = memory.agreed()) {
                assertThat(rows.next()).isEqualTo(file("file 10000"));
                assertThat(rows.next()).isEqualTo(file("file 10001"));
            }
        }
    }

    @Test
    void manyThreadsWriteAndRead() {
        try (PairMemory memory = open()) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, 8).forEach(thread -> threads.execute(() -> writeAndRead(memory, thread)));
            }
            assertThat(memory.agreedFiles()).isEqualTo(8 * 500);
            assertThat(rowsOf(memory)).hasSize(8 * 500);
            assertThat(memory.unfinished()).hasSize(8);
        }
    }

    private static void writeAndRead(PairMemory memory, int thread) {
        memory.begin(begun(Side.RIGHT, "upload " + thread));
        for (int i = 0; i < 500; i++) {
            Agreed row = file("%s/%s".formatted(thread, i));
            memory.put(row);
            if (!memory.agreedAt(row.key()).equals(Optional.of(row))) {
                throw new IllegalStateException("Want the row that was put but have another");
            }
        }
    }

    @Test
    void whatWasFlushedIsNoLongerInDoubt() {
        var unflushed = new Agreed.Doubt(Optional.of("boot"), false);
        var both = new Agreed.Doubt(Optional.of("boot"), true);
        try (PairMemory memory = open()) {
            memory.put(doubted("a", unflushed));
            memory.settle();
            memory.put(doubted("b", both));
            assertThat(rowsOf(memory)).extracting(Agreed::doubt).containsExactly(unflushed, both);
            memory.believeFlushed();
            memory.put(doubted("c", unflushed));
            assertThat(memory.agreedAt(new PairKey("a"))).contains(doubted("a", Agreed.Doubt.NONE));
            assertThat(memory.agreedAt(new PairKey("c"))).contains(doubted("c", unflushed));
        }
        try (PairMemory memory = open()) {
            memory.put(doubted("d", new Agreed.Doubt(Optional.of("next boot"), false)));
            assertThat(rowsOf(memory))
                    .extracting(Agreed::doubt)
                    .containsExactly(
                            Agreed.Doubt.NONE,
                            new Agreed.Doubt(Optional.empty(), true),
                            unflushed,
                            new Agreed.Doubt(Optional.of("next boot"), false));
        }
    }

    private static Agreed doubted(String path, Agreed.Doubt doubt) {
        Agreed row = file(path);
        return new Agreed(
                row.key(),
                row.path(),
                row.kind(),
                row.size(),
                row.hash(),
                row.left(),
                row.right(),
                row.leftId(),
                row.rightId(),
                row.leftSeal(),
                row.rightSeal(),
                doubt);
    }

    @Test
    void sidesAreExchangedWhenThePairIsOpenedTheOtherWayRound() {
        Agreed row = anything(new SplittableRandom(5));
        try (PairMemory memory = open()) {
            memory.putRoots(new Roots("left volume", "right volume", "boot"));
            memory.put(row);
            memory.begin(begun(Side.RIGHT, "a").withPromise(1, "promise").withPart(part(1)));
            memory.intend(Side.RIGHT, PATH, List.of("1"));
            memory.skip(new Skip(Side.LEFT, PATH, "reason", "tag"));
            memory.putCursor("feed", "position");
        }
        try (PairMemory memory = openExchanged()) {
            assertThat(memory.roots()).contains(new Roots("right volume", "left volume", "boot"));
            assertThat(rowsOf(memory)).containsExactly(row.exchanged());
            assertThat(memory.agreedAt(row.key())).contains(row.exchanged());
            row.leftId()
                    .ifPresent(id -> assertThat(memory.agreedAs(Side.RIGHT, id)).containsExactly(row.exchanged()));
            assertThat(memory.unfinished())
                    .containsExactly(
                            begun(Side.LEFT, "a").withPromise(1, "promise").withPart(part(1)));
            assertThat(memory.intended(Side.LEFT)).containsExactly(PATH);
            assertThat(memory.intent(Side.LEFT, PATH)).contains(List.of("1"));
            assertThat(memory.intent(Side.RIGHT, PATH)).isEmpty();
            assertThat(memory.skipped(Side.RIGHT, PATH)).contains(new Skip(Side.RIGHT, PATH, "reason", "tag"));
            assertThat(memory.cursor("feed")).contains("position");
        }
    }

    @Test
    void unfinishedUploadGrowsUntilItEnds() {
        try (PairMemory memory = open()) {
            memory.begin(begun(Side.RIGHT, "a"));
            memory.begin(begun(Side.LEFT, "a"));
            memory.begin(begun(Side.RIGHT, "\udc80"));
            memory.promise(Side.RIGHT, PATH, 2, "promise of 2");
            memory.promise(Side.RIGHT, PATH, 1, "promise of 1");
            memory.arrived(Side.RIGHT, PATH, part(2));
            memory.arrived(Side.RIGHT, PATH, part(1));
            memory.arrived(Side.RIGHT, PATH, new Part(2, 10, "another tag"));
        }
        try (PairMemory memory = open()) {
            assertThat(memory.unfinishedAt(Side.RIGHT, PATH))
                    .contains(new Unfinished(
                            Side.RIGHT,
                            PATH,
                            begun(Side.RIGHT, "a").upload(),
                            "fingerprint of a",
                            Map.of(1, "promise of 1", 2, "promise of 2"),
                            List.of(part(1), new Part(2, 10, "another tag"))));
            memory.end(Side.RIGHT, PATH);
            assertThat(memory.unfinished()).containsExactly(begun(Side.LEFT, "a"), begun(Side.RIGHT, "\udc80"));
            memory.begin(begun(Side.RIGHT, "a"));
            assertThat(memory.unfinishedAt(Side.RIGHT, PATH)).contains(begun(Side.RIGHT, "a"));
        }
    }

    @Test
    void uploadThatIsBegunAgainTakesThePlaceOfTheFirst() {
        var again = begun(Side.RIGHT, "a").withPromise(3, "kept").withPart(part(3));
        try (PairMemory memory = open()) {
            memory.begin(begun(Side.RIGHT, "a").withPromise(1, "promise").withPart(part(1)));
            memory.begin(again);
            assertThat(memory.unfinished()).containsExactly(again);
        }
    }

    @Test
    void partOfNoUploadIsRefused() {
        try (PairMemory memory = open()) {
            assertThatThrownBy(() -> memory.promise(Side.LEFT, PATH, 1, "promise"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'a'");
            memory.begin(begun(Side.RIGHT, "a"));
            assertThatThrownBy(() -> memory.arrived(Side.LEFT, PATH, part(1)))
                    .isInstanceOf(IllegalStateException.class);
            memory.put(file("still usable"));
            memory.settle();
        }
    }

    @Test
    void intentThatSawNothingIsNotNoIntent() {
        try (PairMemory memory = open()) {
            memory.intend(Side.RIGHT, PATH, List.of());
            memory.intend(Side.RIGHT, new RelPath("b"), List.of("1", "2"));
            memory.intend(Side.RIGHT, new RelPath("b"), List.of("3", ""));
        }
        try (PairMemory memory = open()) {
            assertThat(memory.intent(Side.RIGHT, PATH)).contains(List.of());
            assertThat(memory.intent(Side.RIGHT, new RelPath("b"))).contains(List.of("3", ""));
            memory.intend(Side.LEFT, new RelPath("c"), List.of());
            assertThat(memory.intended(Side.RIGHT)).containsExactly(PATH, new RelPath("b"));
            assertThat(memory.intended(Side.LEFT)).containsExactly(new RelPath("c"));
            memory.endIntent(Side.RIGHT, PATH);
            assertThat(memory.intent(Side.RIGHT, PATH)).isEmpty();
            assertThat(memory.intended(Side.RIGHT)).containsExactly(new RelPath("b"));
        }
    }

    @Test
    void skipsAndCursorsAreReplacedAndRemoved() {
        var later = new Skip(Side.RIGHT, PATH, "another reason", "");
        try (PairMemory memory = open()) {
            memory.skip(new Skip(Side.RIGHT, PATH, "reason", "tag"));
            memory.skip(later);
            memory.skip(new Skip(Side.LEFT, PATH, "reason", "tag"));
            memory.putCursor("feed", "1");
            memory.putCursor("feed", "2");
            assertThat(memory.skipped(Side.RIGHT, PATH)).contains(later);
            memory.endSkip(Side.LEFT, PATH);
        }
        try (PairMemory memory = open()) {
            assertThat(memory.skipped(Side.RIGHT, PATH)).contains(later);
            assertThat(memory.skipped(Side.LEFT, PATH)).isEmpty();
            assertThat(memory.cursor("feed")).contains("2");
        }
    }

    @Test
    void pairIsInUseWhileItIsOpenWhicheverWayRound() {
        try (PairMemory memory = open()) {
            assertThatThrownBy(this::open).isInstanceOf(PairInUseException.class);
            assertThatThrownBy(this::openExchanged).isInstanceOf(PairInUseException.class);
            memory.put(file("a"));
        }
        try (PairMemory memory = openExchanged()) {
            assertThat(rowsOf(memory)).hasSize(1);
        }
    }

    @Test
    void pairsShareNothing() {
        try (PairMemory memory = open();
                PairMemory other = memories().open(ALICE, place("/backup2"), Duration.ZERO)) {
            memory.put(file("a"));
            assertThat(rowsOf(other)).isEmpty();
            other.put(file("b"));
            assertThat(rowsOf(memory)).containsExactly(file("a"));
        }
    }

    @Test
    void closedMemoryRefusesEverything() {
        PairMemory memory = open();
        memory.put(file("a"));
        memory.close();
        memory.close();
        assertThatThrownBy(() -> memory.put(file("b"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(memory::settle).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> memory.agreedAt(new PairKey("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(memory::agreed).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> memory.begin(begun(Side.LEFT, "a"))).isInstanceOf(IllegalStateException.class);
    }
}
