package io.skyferry.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.skyferry.storage.Storage;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HouseTest {
    /// Those who may look at the clock, sleep or draw at random: everybody else is handed what they say.
    private static final String EDGES =
            ".*(SystemRunClock|ThreadSleeper|SystemTime|SystemClock|Watchdog|Ticker|Main)(\\$.*)?";

    @Test
    void nobodyButTheEdgesLooksAtTheClock() {
        noClasses()
                .that()
                .haveNameNotMatching(EDGES)
                .and()
                .resideOutsideOfPackage("io.skyferry.picocli..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(Product.classes());
    }

    @Test
    void nobodyButTheEdgesSleepsOrDrawsAtRandom() {
        noClasses()
                .that()
                .haveNameNotMatching(EDGES)
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .check(Product.classes());
    }

    @Test
    void namesSayWhatAClassIsFor() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)(\\$.*)?")
                .orShould()
                .haveNameMatching(".*\\.(Abstract|Base)[A-Z].*")
                .check(Product.classes());
    }

    @Test
    void everyStorageImplementsEveryVerbItself() {
        Set<String> verbs = Set.copyOf(
                Stream.of(Storage.class.getMethods()).map(Method::getName).toList());
        List<String> missing = Product.classes().stream()
                .filter(one -> one.isAssignableTo(Storage.class) && !one.isInterface())
                .flatMap(one -> verbs.stream()
                        .filter(verb -> one.getMethods().stream()
                                .noneMatch(method -> method.getName().equals(verb)))
                        .map(verb -> one.getName() + "." + verb))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void noVerbHasADefaultBody() {
        assertThat(Stream.of(Storage.class.getMethods()).filter(method -> !Modifier.isAbstract(method.getModifiers())))
                .isEmpty();
    }

    @Test
    void everyClassIsFinalOrMeantToBeExtended() {
        List<String> open = Product.classes().stream()
                .filter(one -> !one.isInterface() && !one.isEnum() && !one.isAnonymousClass() && !one.isRecord())
                .filter(one -> !one.getModifiers().contains(JavaModifier.FINAL)
                        && !one.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(one -> !one.getName().startsWith("io.skyferry.picocli")
                        && !one.getName().startsWith("picocli"))
                .map(JavaClass::getName)
                .toList();
        assertThat(open).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> silent = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/")
                            && !file.toString().contains("/target/"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertThat(silent).isEmpty();
        }
    }

    @Test
    void onlyTheRetryLayerRetriesStorageCalls() {
        classes()
                .that()
                .haveNameMatching(".*\\.Retry[A-Z].*")
                .should()
                .resideInAPackage("io.skyferry.layers..")
                .allowEmptyShould(true)
                .check(Product.classes());
    }
}
