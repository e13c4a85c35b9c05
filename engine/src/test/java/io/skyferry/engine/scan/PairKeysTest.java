package io.skyferry.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.Capabilities.Names;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairKeysTest {
    private static final Names EXACT = new Names(true, true);
    private static final Names NO_CASE = new Names(false, true);
    private static final Names NO_FORM = new Names(true, false);
    private static final String COMPOSED = "caf\u00e9";
    private static final String DECOMPOSED = "cafe\u0301";

    private static String key(PairKeys keys, String path) {
        return keys.ofFile(new RelPath(path));
    }

    @Test
    void keysArePathsWhereBothSidesTellAllNamesApart() {
        PairKeys keys = PairKeys.of(EXACT, EXACT);
        assertThat(keys.areExact()).isTrue();
        assertThat(key(keys, "A/" + DECOMPOSED)).isEqualTo("A/" + DECOMPOSED);
    }

    @Test
    void oneSideThatFoldsIsEnough() {
        assertThat(PairKeys.of(NO_CASE, EXACT)).isEqualTo(PairKeys.of(EXACT, NO_CASE));
        assertThat(PairKeys.of(EXACT, NO_CASE).areExact()).isFalse();
        assertThat(PairKeys.of(NO_FORM, NO_CASE)).isEqualTo(new PairKeys(true, true));
    }

    @Test
    void caseFallsTogetherOnlyWhereItIsFolded() {
        PairKeys folding = PairKeys.of(NO_CASE, EXACT);
        assertThat(key(folding, "A/Straße")).isEqualTo(key(folding, "a/strasse"));
        assertThat(key(folding, "\u03a3")).isEqualTo(key(folding, "\u03c2")).isEqualTo(key(folding, "\u03c3"));
        assertThat(key(folding, COMPOSED)).isNotEqualTo(key(folding, DECOMPOSED));
        assertThat(key(PairKeys.of(NO_FORM, EXACT), "A")).isNotEqualTo(key(PairKeys.of(NO_FORM, EXACT), "a"));
    }

    @Test
    void formsFallTogetherOnlyWhereTheyAreFolded() {
        PairKeys folding = PairKeys.of(EXACT, NO_FORM);
        assertThat(key(folding, COMPOSED)).isEqualTo(key(folding, DECOMPOSED));
        assertThat(key(PairKeys.of(NO_CASE, NO_FORM), "CAFE\u0301"))
                .isEqualTo(key(PairKeys.of(NO_CASE, NO_FORM), COMPOSED));
    }

    @Test
    void directoryAndFileOfOneNameHaveTwoKeys() {
        PairKeys keys = PairKeys.of(NO_CASE, EXACT);
        var path = new RelPath("A");
        assertThat(keys.of(new Entry.Directory(path, Optional.empty())))
                .isEqualTo("a/")
                .isNotEqualTo(keys.ofFile(path));
    }

    @Test
    void namesThatAreNoTextKeepTheirBytes() {
        PairKeys keys = PairKeys.of(NO_CASE, NO_FORM);
        assertThat(key(keys, "X\udc80\udcff")).isEqualTo("x\udc80\udcff");
        assertThat(key(keys, "\udc80")).isNotEqualTo(key(keys, "\udc81"));
    }
}
