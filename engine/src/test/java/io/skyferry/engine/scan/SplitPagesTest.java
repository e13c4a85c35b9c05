package io.skyferry.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.engine.work.ThreadWorkers;
import io.skyferry.engine.work.Workers;
import io.skyferry.filter.Selection;
import io.skyferry.layers.Call;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.layers.Interceptor;
import io.skyferry.layers.RetryInterceptor;
import io.skyferry.layers.RetryPolicy;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.Order;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Listings of which several stretches come at once.
class SplitPagesTest {
    private static final int PAGE = 10;
    private static final Traits PLACE = Traits.OBJECTS
            .listing(new Capabilities.Listing(true, false, Order.UTF8_BYTES, true, true))
            .paged(PAGE);

    private final Path spill;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();

    SplitPagesTest(@TempDir Path spill) {
        this.spill = spill;
    }

    static Stream<Arguments> places() {
        var random = new SplittableRandom(7);
        return Stream.of(
                place("counters below one prefix", 3000, i -> "logs/2024/" + digits(i, 8)),
                place("hashes", 3000, _ -> HexFormat.of().toHexDigits(random.nextLong())),
                place("directories", 3000, i -> "dir" + digits(i / 33, 4) + "/file" + digits(i % 33, 2) + ".jpg"),
                place(
                        "dates",
                        2000,
                        i -> "2024-" + digits(i / 500 + 1, 2) + "-" + digits(i / 20 % 25, 2) + "T" + digits(i % 20, 2)
                                + ".log"),
                place("one dense spot and a far one", 2000, i -> i < 1000 ? digits(i, 8) : "z" + (90000 + i)),
                place("no letters", 1000, i -> "\u00e4/\u4e2d" + Character.toString(0x4e00 + i)),
                place("long and short", 1500, i -> "x".repeat(i % 90 + 1) + "/" + i / 90),
                place("spread wider and wider", 800, i -> digits((long) i * i * i * i * 1000, 16)),
                place("dots and slashes", 1500, i -> "a.b/" + i % 7 + "/c-" + i / 7 + "/..x"));
    }

    private static String digits(long number, int count) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, count - text.length())) + text;
    }

    private static Arguments place(String name, int count, IntFunction<String> keys) {
        return Arguments.of(
                name, IntStream.range(0, count).mapToObj(keys).distinct().toList());
    }

    /// Watches the pages that are asked for.
    private final class Watching implements Interceptor {
        private final Consumer<Integer> onRequest;

        Watching(Consumer<Integer> onRequest) {
            this.onRequest = onRequest;
        }

        @Override
        public <R> R around(Call<R> call) {
            if (call.where().verb() == Verb.LIST) {
                onRequest.accept(requests.incrementAndGet());
            }
            return call.proceed();
        }
    }

    private static MemoryStorage filled(List<String> keys) {
        var memory = new MemoryStorage(PLACE);
        keys.forEach(key -> memory.backdoor().put(key, ""));
        return memory;
    }

    private static Workers threads() {
        return new ThreadWorkers(Thread.ofVirtual().factory());
    }

    private List<String> listed(Storage storage, Workers workers) {
        var setting = new Scan.Setting(
                "side", new PairKeys(false, false), workers, workers.lanes("check", 1), spill, new CancelFlag());
        List<String> keys = new ArrayList<>();
        try (var scan = new Scan(storage, Selection.everything(), setting, new Counting())) {
            scan.forEachRemaining(keyed -> keys.add(keyed.key()));
        }
        return keys;
    }

    private final class Counting implements ScanNotices {
        @Override
        public void unusable(Entry.Unusable entry) {
            throw new AssertionError(entry);
        }

        @Override
        public void special(Entry.Special entry) {
            throw new AssertionError(entry);
        }

        @Override
        public void unlisted(Entry.Unlisted entry) {
            throw new AssertionError(entry);
        }

        @Override
        public void leftover(Entry.Leftover entry) {
            throw new AssertionError(entry);
        }

        @Override
        public void listed(int entries) {
            taken.incrementAndGet();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void everyEntryComesOnceAndInOrder(String name, List<String> keys) {
        MemoryStorage memory = filled(keys);
        var ahead = new AtomicInteger();
        var watched = new InterceptedStorage(
                memory, new Watching(number -> ahead.accumulateAndGet(number - taken.get(), Math::max)));
        List<String> whole = listed(watched, threads());
        int asked = requests.get();
        assertThat(whole).isSortedAccordingTo(RelPath::compareTexts).doesNotHaveDuplicates();
        assertThat(whole.stream().filter(key -> !key.endsWith("/")).toList())
                .isEqualTo(keys.stream().sorted(RelPath::compareTexts).toList());
        assertThat(listed(memory, new InlineWorkers())).isEqualTo(whole);
        int pages = whole.size() / PAGE + 1;
        assertThat(asked).as(name).isLessThan(pages * 3 / 2 + 48);
        assertThat(ahead.get()).isLessThan(8 * 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 25, 39, 40})
    void smallPlacesCostNoRequestMore(int count) {
        List<String> keys =
                IntStream.range(0, count).mapToObj(i -> "file" + digits(i, 4)).toList();
        assertThat(listed(new InterceptedStorage(filled(keys), new Watching(_ -> {})), threads()))
                .isEqualTo(keys);
        assertThat(requests.get()).isEqualTo(Math.max(1, (count + PAGE - 1) / PAGE));
    }

    @Test
    void stretchesAreListedSideBySide() {
        List<String> keys =
                IntStream.range(0, 2000).mapToObj(i -> "logs/" + digits(i, 8)).toList();
        var three = new CountDownLatch(3);
        var met = new AtomicInteger();
        var watched = new InterceptedStorage(filled(keys), new Watching(number -> {
            if (number > 4) {
                three.countDown();
                met.addAndGet(isReached(three) ? 1 : 0);
            }
        }));
        assertThat(listed(watched, threads())).hasSize(2001);
        assertThat(met.get()).isEqualTo(requests.get() - 4);
    }

    private static boolean isReached(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 6, 9, 14, 30, 77, 150})
    void pageThatFailsFailsTheWhole(int failing) {
        List<String> keys =
                IntStream.range(0, 2000).mapToObj(i -> "logs/" + digits(i, 8)).toList();
        var watched = new InterceptedStorage(filled(keys), new Watching(number -> {
            if (number == failing) {
                throw StorageException.noEffect(
                        ErrorKind.FORBIDDEN, new Where("memory", Verb.LIST, RelPath.ROOT), "Not this one");
            }
        }));
        assertThatThrownBy(() -> listed(watched, threads())).hasMessageContaining("Not this one");
    }

    /// Fails by a seed, before the page was listed or behind it.
    private final class Failing implements Interceptor {
        private final long seed;
        private final AtomicInteger failed = new AtomicInteger();

        Failing(long seed) {
            this.seed = seed;
        }

        @Override
        public <R> R around(Call<R> call) {
            int fate = new SplittableRandom(seed * 1_000_003 + requests.incrementAndGet()).nextInt(10);
            if (fate < 2) {
                throw failure();
            }
            R page = call.proceed();
            if (fate < 4) {
                throw failure();
            }
            return page;
        }

        private StorageException failure() {
            failed.incrementAndGet();
            return StorageException.unknownEffect(
                    ErrorKind.UNAVAILABLE, new Where("memory", Verb.LIST, RelPath.ROOT), "Come again");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void pagesThatFailAreListedAgainAndNothingIsLostOrToldTwice(String name, List<String> keys) {
        MemoryStorage memory = filled(keys);
        List<String> whole = listed(memory, new InlineWorkers());
        for (long seed = 1; seed <= 3; seed++) {
            requests.set(0);
            var failing = new Failing(seed);
            var retry = new RetryInterceptor(new RetryPolicy(100, Duration.ZERO, Duration.ZERO), _ -> {});
            var storage = new InterceptedStorage(new InterceptedStorage(memory, failing), retry);
            assertThat(listed(storage, threads())).as("seed %s", seed).isEqualTo(whole);
            assertThat(failing.failed.get()).isGreaterThan(whole.size() / PAGE / 4);
            int pages = whole.size() / PAGE + 1;
            assertThat(requests.get() - failing.failed.get()).as(name).isLessThan(pages * 3 / 2 + 48);
        }
    }

    @Test
    void scanThatIsGivenUpEndsItsThreads() {
        List<String> keys =
                IntStream.range(0, 2000).mapToObj(i -> "logs/" + digits(i, 8)).toList();
        var watched = new InterceptedStorage(filled(keys), new Watching(_ -> {}));
        var workers = new ThreadWorkers(Thread.ofPlatform().daemon().factory());
        var setting = new Scan.Setting(
                "given up", new PairKeys(false, false), workers, workers.lanes("check", 1), spill, new CancelFlag());
        try (var scan = new Scan(watched, Selection.everything(), setting, new Counting())) {
            for (int i = 0; i < 100; i++) {
                scan.next();
            }
        }
        int asked = requests.get();
        assertThat(asked).isLessThan(150);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("given up") && thread.isAlive());
    }
}
