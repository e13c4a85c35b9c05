package io.skyferry.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairSamples;
import io.skyferry.storage.ItemId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgreedRowTest {
    private static byte[] packed(Agreed row) {
        return AgreedRow.pack(row.key().bytes(), row, row.doubt().unflushedIn().isPresent() ? 300 : 0);
    }

    private static Agreed unpacked(Agreed as, byte[] packed) {
        return AgreedRow.unpack(as.key().bytes(), packed, number -> {
            assertThat(number).isEqualTo(300);
            return as.doubt().unflushedIn();
        });
    }

    @Test
    void unpackingUndoesPacking() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            Agreed row = PairSamples.anything(random);
            assertThat(unpacked(row, packed(row))).isEqualTo(row);
        }
    }

    @Test
    void noBitThatFlipsGoesUnnoticed() {
        Agreed row = PairSamples.file("a/b");
        byte[] packed = packed(row);
        for (int bit = 0; bit < packed.length * 8; bit++) {
            byte[] rotten = packed.clone();
            rotten[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> unpacked(row, rotten)).isInstanceOf(DamageException.class);
        }
    }

    @Test
    void rowUnderAnotherKeyIsNotBelieved() {
        byte[] packed = packed(PairSamples.file("a"));
        assertThatThrownBy(() -> unpacked(PairSamples.file("b"), packed)).isInstanceOf(DamageException.class);
    }

    @Test
    void rowThatWasCutIsNotBelieved() {
        byte[] packed = packed(PairSamples.file("a"));
        for (int length = 0; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> unpacked(PairSamples.file("a"), cut)).isInstanceOf(DamageException.class);
        }
    }

    @Test
    void fewIdentitiesShareAMark() {
        Set<Long> marks = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            marks.add(AgreedRow.markOf(new ItemId("0123456789ABCDEF!" + i)));
            marks.add(AgreedRow.markOf(new ItemId((1_000_000 + i) + "-1763742")));
        }
        assertThat(marks).hasSizeGreaterThan(19_980);
    }

    @Test
    void identityThatBeginsTheTagTakesNoSpace() {
        Agreed plain = PairSamples.file("a", "something else");
        Agreed sharing = PairSamples.file("a", "left tag");
        assertThat(packed(plain).length - packed(sharing).length).isEqualTo("something else".length());
        assertThat(unpacked(sharing, packed(sharing)).leftId()).isEqualTo(Optional.of(new ItemId("left tag")));
    }
}
