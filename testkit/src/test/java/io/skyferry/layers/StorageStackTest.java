package io.skyferry.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.layers.StorageStack.Place;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StorageStackTest {
    private final List<Place> entered = new ArrayList<>();

    private Interceptor noting(Place place) {
        return new Interceptor() {
            @Override
            public <R> R around(Call<R> call) {
                entered.add(place);
                return call.proceed();
            }
        };
    }

    @Test
    void orderIsTheSameHoweverLayersAreNamed() {
        StorageStack stack = StorageStack.over(new MemoryStorage());
        for (Place place : Place.values()) {
            stack.intercept(place, noting(place));
        }
        stack.build().stat(new RelPath("file"));
        assertThat(entered)
                .containsExactly(
                        Place.CHECK,
                        Place.OBSERVE,
                        Place.CRYPT,
                        Place.NAMING,
                        Place.RETRY,
                        Place.BANDWIDTH,
                        Place.RATE,
                        Place.PACE,
                        Place.TIMEOUT,
                        Place.COUNT,
                        Place.FAULT);
    }

    @Test
    void undeclaredVerbDoesNotReachTheLayersBelow() {
        Storage stack = StorageStack.over(new MemoryStorage(Traits.BARE))
                .intercept(Place.OBSERVE, noting(Place.OBSERVE))
                .build();
        assertThatThrownBy(() -> stack.versions(new RelPath("file"))).satisfies(Failures.ofKind(ErrorKind.UNSUPPORTED));
        assertThat(entered).isEmpty();
    }

    @Test
    void requestsAreCountedByVerb() {
        var counts = new RequestCounts();
        Storage stack = StorageStack.over(new MemoryStorage())
                .intercept(Place.COUNT, counts)
                .build();
        stack.write(new RelPath("file"), BytesContent.of("x"), WriteOptions.PLAIN);
        stack.stat(new RelPath("file"));
        stack.stat(new RelPath("other"));
        assertThat(counts.snapshot()).isEqualTo(Map.of(Verb.WRITE, 1L, Verb.STAT, 2L));
    }

    @Test
    void everyVerbGoesThroughEveryInterceptor() {
        Set<Verb> met = EnumSet.noneOf(Verb.class);
        var memory = new MemoryStorage(Traits.DISK.adding(Verb.VERSIONS, Verb.CHANGES));
        var storage = new InterceptedStorage(memory, new Interceptor() {
            @Override
            public <R> R around(Call<R> call) {
                met.add(call.where().verb());
                return call.proceed();
            }
        });
        EveryVerb.call(storage);
        assertThat(met).containsExactlyInAnyOrder(Verb.values());
    }
}
