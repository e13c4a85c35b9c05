package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Of the contract: a name comes back exactly as it was given, or it is rejected.
abstract class NamesChapter extends ContractChapter {
    NamesChapter(ContractPlace place) {
        super(place);
    }

    /// Names that have hurt somebody.
    static List<String> hostileNames() {
        return List.of(
                "new\nline",
                "tab\tand\rreturn",
                "back\\slash",
                "..\\..\\up",
                "quo\"te's`",
                "dollar$(sign)",
                "per%20cent",
                "plus+and&",
                "question?",
                "star*",
                "co:lon",
                "pipe|<less>",
                "trailing.",
                "trailing ",
                " leading",
                "...",
                "..a",
                "a..",
                ".hidden",
                "-rf",
                "~",
                "CON",
                "nul.txt",
                "LPT1",
                "desktop.ini",
                "\u0001control\u001F",
                "delete\u007F",
                "\u0085\u2028",
                "\uFEFFmark",
                "full\uFF0Fwidth\uFF1A",
                "\u2400\u2421\u2420",
                "\u201Bquote\u201BFF",
                "no\uDCFFutf\uDC80",
                "\uDCC3(\uDCC3",
                "emoji\uD83D\uDE00",
                "last\uDBFF\uDFFD",
                "\uFFFD\uFFFC",
                "e\u0301",
                "\u00E9",
                "\u1E9B\u0323",
                "\u05D0\u0628",
                "x".repeat(248));
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void hostileNameComesBackOrIsRejected(String name) {
        if (isRejected(name)) {
            assertThat(tree("").stream().filter(Entry.File.class::isInstance)).isEmpty();
            return;
        }
        assertThat(file(name).path()).isEqualTo(path(name));
        assertThat(filesIn(tree(""))).as("listed as written").containsExactly(name);
        assertThat(text(name)).isEqualTo(label(name));
        write("folder/" + name + "/" + name, "below");
        assertThat(text("folder/" + name + "/" + name)).isEqualTo("below");
        storage().delete(file(name));
        assertNothingAt(name);
    }

    private static String label(String name) {
        return "of " + Integer.toHexString(path(name).name().hashCode());
    }

    private boolean isRejected(String name) {
        try {
            write(name, BytesContent.of("first of " + label(name)), WriteOptions.PLAIN);
            write(name, label(name));
            return false;
        } catch (StorageException failure) {
            assertThat(failure.kind()).isEqualTo(ErrorKind.NAME_REJECTED);
            assertThat(failure.effect()).isEqualTo(StorageException.Effect.NONE);
            assertThat(failure.where().path()).isEqualTo(path(name));
            return true;
        }
    }

    @Test
    void hostileNamesDoNotFallTogether() {
        Set<String> accepted = new TreeSet<>(RelPath::compareTexts);
        for (String name : hostileNames()) {
            if (!isRejected("d/" + name)) {
                accepted.add("d/" + name);
            }
        }
        if (storage().capabilities().names().keepsUnicodeForm()) {
            assertThat(filesIn(tree(""))).containsExactlyInAnyOrderElementsOf(accepted);
            accepted.forEach(name -> assertThat(text(name)).isEqualTo(label(name)));
        }
    }

    @Test
    void caseIsToldApartWhereThatIsDeclared() {
        write("Folder/Name", "upper");
        if (storage().capabilities().names().caseSensitive()) {
            write("folder/name", "lower");
            assertThat(text("Folder/Name")).isEqualTo("upper");
            assertThat(text("folder/name")).isEqualTo("lower");
            assertThat(filesIn(tree(""))).containsExactlyInAnyOrder("Folder/Name", "folder/name");
        } else {
            assertThat(file("folder/NAME").size()).isEqualTo(5);
            write("folder/name", "replaced");
            assertThat(text("Folder/Name")).isEqualTo("replaced");
            assertThat(filesIn(tree(""))).hasSize(1);
        }
    }

    @Test
    void unicodeFormsAreToldApartWhereThatIsDeclared() {
        write("\u00E9", "composed");
        if (storage().capabilities().names().keepsUnicodeForm()) {
            write("e\u0301", "decomposed");
            assertThat(text("\u00E9")).isEqualTo("composed");
            assertThat(text("e\u0301")).isEqualTo("decomposed");
        } else {
            write("e\u0301", "replaced");
            assertThat(text("\u00E9")).isEqualTo("replaced");
            assertThat(filesIn(tree(""))).hasSize(1);
        }
    }

    @Test
    void changeOfCaseIsAMoveWhereCaseIsFolded() {
        where(Verb.MOVE, () -> {
            if (!storage().capabilities().names().caseSensitive()) {
                Entry.File seen = write("name", "content");
                storage().move(seen, path("NAME"));
                assertThat(filesIn(tree(""))).containsExactly("NAME");
                assertThat(text("NAME")).isEqualTo("content");
            }
        });
    }

    @Test
    void pathThatIsTooLongIsRejected() {
        int most = storage().capabilities().limits().maxPathBytes();
        if (most < 100_000) {
            String path = "d/".repeat(most / 2 + 1) + "f";
            assertFails(Verb.WRITE, path, () -> write(path, "x"), ErrorKind.NAME_REJECTED);
        }
    }
}
