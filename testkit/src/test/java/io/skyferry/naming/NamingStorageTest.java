package io.skyferry.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.layers.CallListener;
import io.skyferry.layers.ObserveInterceptor;
import io.skyferry.layers.RequestCounts;
import io.skyferry.layers.RetryInterceptor;
import io.skyferry.layers.RetryPolicy;
import io.skyferry.layers.StorageStack;
import io.skyferry.layers.StorageStack.Place;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities.Order;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.StorageContract;
import io.skyferry.testkit.Traits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NamingStorageTest {
    private static final Traits NARROW = Traits.DISK.paged(3).forbidding("<>:\"\\|?*" + NamePolicy.controlCharacters());

    private final MemoryStorage memory = new MemoryStorage(NARROW);
    private final Storage storage = NamingStorage.over(memory, NamePolicy.WINDOWS);

    @Nested
    class OverADiskOfWindows extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return NamingStorage.over(new MemoryStorage(NARROW), NamePolicy.WINDOWS);
        }
    }

    @Nested
    class OverAnObjectStoreThatHoldsText extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return NamingStorage.over(new MemoryStorage(Traits.OBJECTS.paged(2)), NamePolicy.TEXT);
        }
    }

    @Nested
    class InTheWholeStackUnderTrouble extends StorageContract {
        @Override
        protected Storage openEmpty() {
            var script = FaultScript.PEACE.withDice(11, 200, 3, FaultScript.Trouble.WITHOUT_EFFECT);
            var patient = new RetryPolicy(8, Duration.ofMillis(1), Duration.ofMillis(1));
            return StorageStack.over(new MemoryStorage(NARROW))
                    .intercept(Place.OBSERVE, new ObserveInterceptor(new Deaf(), () -> 0))
                    .layer(Place.NAMING, inner -> NamingStorage.over(inner, NamePolicy.WINDOWS))
                    .intercept(Place.RETRY, new RetryInterceptor(patient, time -> {}))
                    .intercept(Place.COUNT, new RequestCounts())
                    .intercept(Place.FAULT, new FaultInterceptor(script, time -> {}))
                    .build();
        }
    }

    private static final class Deaf implements CallListener {
        @Override
        public void succeeded(Where where, long nanos) {
            // Only the stack is of interest here.
        }

        @Override
        public void failed(Where where, long nanos, StorageException failure) {
            // Only the stack is of interest here.
        }

        @Override
        public void advanced(Where where, long bytes) {
            // Only the stack is of interest here.
        }
    }

    private static RelPath path(String text) {
        return new RelPath(text);
    }

    private Entry.File write(String path) {
        return storage.write(path(path), BytesContent.of("content"), WriteOptions.PLAIN);
    }

    private List<Entry> tree() {
        List<Entry> all = new ArrayList<>();
        ListRequest next = ListRequest.tree(RelPath.ROOT);
        while (true) {
            var page = storage.list(next);
            all.addAll(page.entries());
            if (page.next().isEmpty()) {
                return all;
            }
            next = next.goOnAfter(page.next().orElseThrow());
        }
    }

    @Test
    void namesAreStoredEncoded() {
        write("a:b/what?");
        assertThat(memory.backdoor().texts()).containsOnlyKeys("a\uFF1Ab/what\uFF1F");
        assertThat(tree()).extracting(Entry::path).containsExactly(path("a:b"), path("a:b/what?"));
    }

    @Test
    void orderIsGivenUpWhereNamesAreRewritten() {
        assertThat(storage.capabilities().listing().order()).isEqualTo(Order.NONE);
        assertThat(NamingStorage.over(memory, NamePolicy.ANYTHING)).isSameAs(memory);
    }

    @Test
    void namesThatSomebodyElseMadeAreToldAndNotLost() {
        memory.backdoor().put("good", "1");
        memory.backdoor().put("lone\u201Bquote", "2");
        memory.backdoor().put("folder\u2400/a", "3");
        memory.backdoor().put("folder\u2400/deep/b", "4");
        List<Entry> all = tree();
        assertThat(all.stream().filter(Entry.File.class::isInstance)).hasSize(1);
        assertThat(all.stream()
                        .filter(Entry.Unusable.class::isInstance)
                        .map(entry -> ((Entry.Unusable) entry).rawName()))
                .containsExactlyInAnyOrder("lone\u201Bquote", "folder\u2400", "folder\u2400/a", "folder\u2400/deep/b");
        assertThat(all.stream().filter(Entry.Directory.class::isInstance)).isEmpty();
    }

    @Test
    void storedNameThatStandsForAPathIsNotBelieved() {
        var odd = new NamePolicy(":", "", "", Set.of(), Set.of(), NamePolicy.Bytes.KEPT, 255, 255);
        var below = new MemoryStorage();
        below.backdoor().put("\uFF0E\uFF0E", "1");
        below.backdoor().put("a\uFF0Fb", "2");
        assertThat(NamingStorage.over(below, odd)
                        .list(ListRequest.tree(RelPath.ROOT))
                        .entries())
                .extracting(Entry::path)
                .containsExactlyInAnyOrder(path("\uFF0E\uFF0E"), path("a\uFF0Fb"));
    }

    @Test
    void nameThatIsTooLongOnceEncodedIsRejected() {
        String name = "x".repeat(255);
        write(name);
        assertThatThrownBy(() -> write(name + "x")).isInstanceOfSatisfying(StorageException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(ErrorKind.NAME_REJECTED);
            assertThat(failure.where().path()).isEqualTo(path(name + "x"));
        });
        assertThat(storage.stat(path(name + "x"))).isEmpty();
        assertThat(storage.capabilities().limits().refusal(path(name))).isEmpty();
        assertThat(storage.capabilities().limits().refusal(path(name + "x")).orElseThrow())
                .contains("longer than 255 characters");
    }

    @Test
    void failuresAreToldInPlainNames() {
        Storage failing = NamingStorage.over(
                FaultInterceptor.over(
                        memory, FaultScript.PEACE.onEvery(Verb.STAT, "**", new Fault.Fails(ErrorKind.FORBIDDEN))),
                NamePolicy.WINDOWS);
        assertThatThrownBy(() -> failing.stat(path("a:b")))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.where().path()).isEqualTo(path("a:b")));
    }

    @Test
    void failuresOfBodiesAreToldInPlainNames() {
        Entry.File file = write("a:b");
        Storage failing = NamingStorage.over(
                FaultInterceptor.over(
                        memory,
                        FaultScript.PEACE.onEvery(Verb.READ, "**", new Fault.CutsBody(ErrorKind.UNAVAILABLE, 3))),
                NamePolicy.WINDOWS);
        assertThatThrownBy(() -> {
                    try (Body body = failing.read(file, ByteRange.ALL)) {
                        body.stream().readAllBytes();
                    }
                })
                .isInstanceOfSatisfying(
                        IOException.class,
                        broken -> assertThat(StorageException.inStream(broken)
                                        .where()
                                        .path())
                                .isEqualTo(path("a:b")));
    }

    @Test
    void refusalsOfManyDeletesAreToldInPlainNames() {
        Entry.File seen = write("a:b");
        write("a:b");
        assertThat(storage.deleteAll(List.of(seen)).getFirst())
                .isInstanceOfSatisfying(DeleteResult.Refused.class, refused -> {
                    assertThat(refused.file()).isEqualTo(seen);
                    assertThat(refused.failure().where().path()).isEqualTo(path("a:b"));
                });
    }
}
