package io.skyferry.crypt.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TagRaceTest {
    private static final int BLOCK = 64 * 1024;

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger own = new AtomicInteger();
    private final AtomicInteger warming = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();
    private final byte[] message = new byte[BLOCK];

    /// A way that gives the first byte of the message, wherever that is, and takes so long.
    private Tags way(AtomicInteger calls, long nanos) {
        return (key, bytes, at, length, tag) -> {
            calls.incrementAndGet();
            clock.addAndGet(nanos);
            Arrays.fill(tag, bytes[at]);
        };
    }

    private TagRace race(long ownNanos, long otherNanos) {
        return new TagRace(way(own, ownNanos), way(warming, otherNanos), way(whole, 1), clock::get);
    }

    private byte tagOf(TagRace race, int length) {
        byte[] tag = new byte[SecretBox.TAG];
        race.tag(new byte[SecretBox.KEY], message, 0, length, tag);
        return tag[7];
    }

    private void run(TagRace race, int blocks) {
        for (int block = 0; block < blocks; block++) {
            message[0] = (byte) block;
            assertThat(tagOf(race, BLOCK)).isEqualTo((byte) block);
        }
    }

    @Test
    void whatIsFasterIsTakenOnceOursHadTime() {
        TagRace race = race(100_000, 90_000);
        run(race, 256);
        assertThat(whole).hasValue(0);
        run(race, 10);
        int computed = own.get();
        run(race, 10);
        assertThat(own).hasValue(computed);
        assertThat(whole).hasValueGreaterThan(10);
    }

    @Test
    void whatIsSlowerIsGivenUp() {
        TagRace race = race(100_000, 110_000);
        run(race, 2200);
        int tried = warming.get();
        assertThat(tried).isBetween(1000, 1100);
        run(race, 100);
        assertThat(warming).hasValue(tried);
        assertThat(whole).hasValue(0);
    }

    @Test
    void wrongTagGivesItUpForGoodAndDoesNoHarm() {
        Tags wrong = (key, bytes, at, length, tag) -> {
            warming.incrementAndGet();
            Arrays.fill(tag, (byte) (warming.get() < 5 ? bytes[at] : ~bytes[at]));
        };
        var race = new TagRace(way(own, 100_000), wrong, way(whole, 1), clock::get);
        run(race, 3000);
        assertThat(warming).hasValue(5);
        assertThat(whole).hasValue(0);
        assertThat(own).hasValue(3000);
    }

    @Test
    void failureGivesItUpForGoodAndDoesNoHarm() {
        Tags broken = (key, bytes, at, length, tag) -> {
            warming.incrementAndGet();
            throw new IllegalStateException("another Java");
        };
        run(new TagRace(way(own, 100_000), broken, way(whole, 1), clock::get), 3000);
        assertThat(warming).hasValue(1);
        assertThat(whole).hasValue(0);
        assertThat(own).hasValue(3000);
    }

    @Test
    void shortMessagesTakeNoPart() {
        TagRace race = race(100_000, 10_000);
        for (int i = 0; i < 500; i++) {
            assertThat(tagOf(race, 1000)).isEqualTo(message[0]);
        }
        assertThat(warming).hasValue(0);
        assertThat(own).hasValue(500);
    }

    @Test
    void tagsOfTheJdkAreOursAtEveryLength() {
        var random = new Random(3);
        byte[] bytes = new byte[70_000];
        random.nextBytes(bytes);
        Arrays.fill(bytes, 20_000, 30_000, (byte) 0xFF);
        byte[] key = new byte[SecretBox.KEY];
        for (int round = 0; round < 300; round++) {
            random.nextBytes(key);
            if (round % 3 == 0) {
                Arrays.fill(key, 0, 16, (byte) 0xFF);
            }
            int at = random.nextInt(3);
            int length = round < 200 ? round * 7 : random.nextInt(bytes.length - at);
            byte[] want = new byte[SecretBox.TAG];
            new ScalarKernel().tag(key, bytes, at, length, want);
            for (Tags tags :
                    new Tags[] {JdkTags.whole().orElseThrow(), JdkTags.warming().orElseThrow()}) {
                byte[] have = new byte[SecretBox.TAG];
                tags.tag(key, bytes, at, length, have);
                assertThat(have).as("%s bytes", length).isEqualTo(want);
            }
        }
    }
}
