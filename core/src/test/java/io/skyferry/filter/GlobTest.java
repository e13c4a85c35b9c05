package io.skyferry.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.limits.SpecException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "`` ¦ (^|/)$",
                "potato ¦ (^|/)potato$",
                "/potato ¦ ^potato$",
                "potato,sausage ¦ (^|/)potato,sausage$",
                "potato?sausage ¦ (^|/)potato[^/]sausage$",
                "potat[oa] ¦ (^|/)potat[oa]$",
                "potat[a-z]or ¦ (^|/)potat[a-z]or$",
                "potat[[:alpha:]]or ¦ (^|/)potat[[:alpha:]]or$",
                "a.+()|^$b ¦ (^|/)a\\.\\+\\(\\)\\|\\^\\$b$",
                "*.jpg ¦ (^|/)[^/]*\\.jpg$",
                "a{b,c,d}e ¦ (^|/)a(b|c|d)e$",
                "a{,b} ¦ (^|/)a(|b)$",
                "a{b/c,*.d}e ¦ (^|/)a(b/c|[^/]*\\.d)e$",
                "a{b,{c,d}e}f ¦ (^|/)a(b|(c|d)e)f$",
                "potato** ¦ (^|/)potato(?s:.*)$",
                "[\\[\\]] ¦ (^|/)[\\[\\]]$",
                "[!a] ¦ (^|/)[!a]$",
                "a\\*b ¦ (^|/)a\\*b$",
                "a\\\\b ¦ (^|/)a\\\\b$",
                "a\\d\\s\\W ¦ (^|/)a\\d\\s\\W$",
                "\\{a\\,b\\} ¦ (^|/)\\{a,b\\}$",
                "{{re}} ¦ (^|/)(re)$",
                "/{{.*\\.jpe?g}} ¦ ^(.*\\.jpe?g)$",
                "{{\\d{8}}} ¦ (^|/)(\\d{8})$",
                "*.{{a{2}}}x ¦ (^|/)[^/]*\\.(a{2})x$",
                "{{}} ¦ (^|/)()$",
                "{{(a{31}){32}}} ¦ (^|/)((a{31}){32})$",
                "{{[{]{999}(x{9}|b{9}){99}}} ¦ (^|/)([{]{999}(x{9}|b{9}){99})$",
                "{{\\Q((a{99}){99}){99}\\E}} ¦ (^|/)(\\Q((a{99}){99}){99}\\E)$",
                "{a,x{{b|c}}y} ¦ (^|/)(a|x(b|c)y)$",
                "\\{{a} ¦ (^|/)\\{(a)$",
                "[\\]a[b] ¦ (^|/)[\\]a[b]$",
                "/ ¦ ^$",
                "//a ¦ ^/a$",
            })
    void patternsBecomeTheRegularExpressionsOfRclone(String pattern, String regexp) {
        assertThat(Glob.parse(pattern).regexp()).isEqualTo(regexp);
        PathPattern.of(Glob.parse(pattern), LetterCase.MATTERS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "***potato ¦ 1 ¦ '*' or '**'",
                "a/*** ¦ 3 ¦ '*' or '**'",
                "ab]c ¦ 3 ¦ '\\]'",
                "ab[c ¦ 3 ¦ ']' for this '['",
                "[[a] ¦ 1 ¦ ']' for this '['",
                "[\\]] ¦ 4 ¦ '['",
                "[] ¦ 1 ¦ RE2",
                "x[^] ¦ 2 ¦ RE2",
                "ab}c ¦ 3 ¦ '\\}'",
                "ab{c ¦ 3 ¦ '}' for this '{'",
                "ab{c,{d} ¦ 3 ¦ '}' for this '{'",
                "ab{}}cd ¦ 5 ¦ '\\}'",
                "ab{{cd ¦ 3 ¦ '}}' for this '{{'",
                "ab{{c}d ¦ 3 ¦ '}}' for this '{{'",
                "a[a--b] ¦ 2 ¦ RE2",
                "ab[z-a]c ¦ 3 ¦ RE2",
                "ab[[:nope:]] ¦ 3 ¦ RE2",
                "x{a,{{(}}y} ¦ 7 ¦ RE2",
                "{{(?=a)}} ¦ 3 ¦ RE2",
                "{{a(b)\\1}} ¦ 3 ¦ RE2",
                "a\\é ¦ 2 ¦ ASCII",
                "a\\8 ¦ 2 ¦ RE2",
                "x{{((a{100}){100}){9}}} ¦ 4 ¦ repeats",
                "{{((a{1000}){1000}){1000}}} ¦ 3 ¦ repeats",
                "{{(a{30}){34}}} ¦ 3 ¦ repeats",
                "{{a{1001}}} ¦ 3 ¦ repeat",
                "{{(}}{{a{900}){2}}} ¦ 3 ¦ RE2",
                "abc\\ ¦ 4 ¦ after '\\'",
            })
    void whatIsNoPatternIsRefusedWithPlaceAndReason(String pattern, int position, String reason) {
        assertThatThrownBy(() -> PathPattern.of(Glob.parse(pattern), LetterCase.MATTERS))
                .isInstanceOfSatisfying(SpecException.class, refused -> {
                    assertThat(refused.position()).isEqualTo(position);
                    assertThat(refused.text()).isEqualTo(pattern);
                    assertThat(refused)
                            .hasMessageStartingWith("Want ")
                            .hasMessageContaining(" but ")
                            .hasMessageContaining(reason)
                            .hasMessageEndingWith(" at position %s of '%s'".formatted(position, pattern));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                // pattern ¦ paths that match ¦ paths that do not
                "file.jpg ¦ file.jpg dir/file.jpg ¦ afile.jpg file.jpg/x file.jpgx FILE.jpg",
                "/file.jpg ¦ file.jpg ¦ dir/file.jpg",
                "dir/file.jpg ¦ dir/file.jpg x/dir/file.jpg ¦ xdir/file.jpg",
                "*.jpg ¦ .jpg a.jpg x/a.jpg ¦ a.jpgx a.jpg/b",
                "/*.jpg ¦ a.jpg ¦ x/a.jpg",
                "a/*.jpg ¦ a/z.jpg x/a/z.jpg ¦ a/b/z.jpg xa/z.jpg",
                "a**z ¦ az a/b/z x/abz ¦ ba/z",
                "/a/** ¦ a/b a/b/c ¦ a ab/c x/a/b",
                "a/** ¦ a/b x/a/b/c ¦ xa/b",
                "**/x ¦ a/x a/b/x ¦ x ax",
                "/**/x ¦ a/x a/b/x ¦ x",
                "/a/**/z ¦ a/b/z a/b/c/z ¦ a/z",
                "a?c ¦ abc aéc a😀c x/a.c ¦ ac a/c abbc",
                "[ab]c ¦ ac x/bc ¦ cc abc",
                "[^a]c ¦ bc ¦ ac",
                "x[^a]y ¦ x/y xby ¦ xay",
                "[!a]c ¦ !c ac ¦ bc",
                "[[:digit:]]\\d ¦ 12 x/34 ¦ 1a 1٣",
                "*.{jpg,png} ¦ a.jpg b/a.png ¦ a.gif",
                "{a/b,c}.jpg ¦ a/b.jpg c.jpg x/c.jpg ¦ b.jpg",
                "a{,b}c ¦ ac abc ¦ abbc",
                "/{{.*\\.jpe?g}} ¦ file.jpg dir/file.jpeg ¦ file.png",
                "{{.*\\.jpe?g}} ¦ file.jpg dir/file.jpeg ¦ file.png",
                "{{\\d{8}}}.txt ¦ 12345678.txt x/12345678.txt ¦ 123456789.txt",
                "{{\\d+}} ¦ 12 a/12 ¦ a12 12/a",
                "\\*\\?\\[x\\]\\{y\\} ¦ *?[x]{y} ¦ ab[x]{y}",
                "a.b ¦ a.b ¦ axb",
                "a,b ¦ a,b ¦ a b",
                "\u00E9 ¦ \u00E9 ¦ e\u0301",
            })
    void patternsMatchWhatRcloneMatches(String pattern, String matching, String other) {
        PathPattern compiled = PathPattern.of(Glob.parse(pattern), LetterCase.MATTERS);
        assertThat(words(matching)).allMatch(compiled::matches);
        assertThat(words(other)).noneMatch(compiled::matches);
    }

    @Test
    void caseIsIgnoredByTheFoldingOfUnicode() {
        PathPattern pattern = PathPattern.of(Glob.parse("kÉ[a-c]s*"), LetterCase.IGNORED);
        assertThat(List.of("KéBS", "\u212AÉa\u017Fx", "kéCs.txt")).allMatch(pattern::matches);
        assertThat(List.of("kéds", "keas")).noneMatch(pattern::matches);
        assertThat(PathPattern.of(Glob.parse("i"), LetterCase.IGNORED).matches("\u0130"))
                .isFalse();
        assertThat(PathPattern.of(Glob.parse("{{(?-i)a}}b"), LetterCase.IGNORED).matches("aB"))
                .isTrue();
        assertThat(PathPattern.of(Glob.parse("{{(?-i)a}}b"), LetterCase.IGNORED).matches("Ab"))
                .isFalse();
    }

    @Test
    void aByteThatIsNoUtf8IsOneCharacter() {
        String name = "bad\uDCFF.txt";
        assertThat(matches("bad?.txt", name)).isTrue();
        assertThat(matches("bad*", name)).isTrue();
        assertThat(matches("bad[^a].txt", name)).isTrue();
        assertThat(matches("bad\uFFFD.txt", name)).isTrue();
        assertThat(matches("bad\uDCFE.txt", name)).isTrue();
        assertThat(matches("bad??.txt", name)).isFalse();
        assertThat(matches("bad.txt", name)).isFalse();
    }

    @Test
    void twoStarsCrossLineFeedsToo() {
        assertThat(matches("/dir/**", "dir/a\nb")).isTrue();
        assertThat(matches("a*b", "a\nb")).isTrue();
        assertThat(matches("a?b", "a\nb")).isTrue();
    }

    @Test
    void aPatternThatWouldTakeForeverElsewhereIsQuick() {
        PathPattern pattern = PathPattern.of(Glob.parse("{{(a*)*(a|aa)+b}}"), LetterCase.MATTERS);
        assertThat(pattern.matches("a".repeat(2000))).isFalse();
        PathPattern stars = PathPattern.of(Glob.parse("a*".repeat(60) + "b"), LetterCase.MATTERS);
        assertThat(stars.matches("a".repeat(2000) + "/c")).isFalse();
    }

    @Test
    void groupsWithinOneAnotherAreBounded() {
        String deep = "{{" + "(".repeat(400) + "a" + ")".repeat(400) + "}}";
        assertThat(matches(deep, "a")).isTrue();
        String tooDeep = "{{" + "(".repeat(100_000) + "a" + ")".repeat(100_000) + "}}";
        assertThatThrownBy(() -> matches(tooDeep, "a"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("more than 500 groups in one another");
        assertThatThrownBy(() -> matches("{a,".repeat(60) + "}".repeat(60), "a"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("at most 50 braces in one another");
    }

    private static boolean matches(String pattern, String path) {
        return PathPattern.of(Glob.parse(pattern), LetterCase.MATTERS).matches(path);
    }

    private static List<String> words(String words) {
        return Arrays.asList(words.split(" "));
    }
}
