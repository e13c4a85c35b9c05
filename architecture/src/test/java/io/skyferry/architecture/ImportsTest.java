package io.skyferry.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportsTest {
    @ParameterizedTest(name = "{0} imports only {1}")
    @CsvSource({
        "storage, ''",
        "hash, 'storage'",
        "limits, 'storage'",
        "filter, 'storage limits'",
        "naming, 'storage'",
        "layers, 'storage naming limits'",
        "probe, 'storage'",
        "crypt, 'storage hash'",
        "http, 'storage limits hash'",
        "storages, 'storage naming limits hash http'",
        "engine, 'storage filter limits hash'",
        "memory, 'storage engine hash'",
        "control, 'storage filter limits probe hash engine'",
        "cli, 'control storage filter limits probe hash engine picocli'",
        "server, 'control storage probe'",
        "testkit, 'storage limits hash layers'",
    })
    void eachPackageImportsWhatTheHouseAllows(String name, String allowed) {
        String[] packages = Stream.concat(
                        Stream.of(name), Stream.of(allowed.split(" ", -1)).filter(one -> !one.isEmpty()))
                .map(one -> Product.ROOT + one + "..")
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> ours = resideInAPackage("io.skyferry..");
        classes()
                .that()
                .resideInAPackage(Product.ROOT + name + "..")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(ours).or(resideInAnyPackage(packages)))
                .allowEmptyShould(true)
                .check(Product.classes());
    }

    @Test
    void nobodyImportsTheCompositionRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.skyferry.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.skyferry.app..")
                .check(Product.classes());
    }

    @Test
    void noStorageKnowsAnother() {
        slices().matching("io.skyferry.storages.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(Product.classes());
    }

    @Test
    void packagesOfTheEngineFormNoCycle() {
        slices().matching("io.skyferry.engine.(*)..").should().beFreeOfCycles().check(Product.classes());
    }

    @Test
    void whoSpeaksHttpDoesSoThroughOnePlane() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.skyferry.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(Product.classes());
    }

    @Test
    void decidingTouchesNoStorage() {
        noClasses()
                .that()
                .resideInAnyPackage("io.skyferry.engine.compare..", "io.skyferry.engine.plan..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.skyferry.storage.Storage")
                .check(Product.classes());
    }
}
