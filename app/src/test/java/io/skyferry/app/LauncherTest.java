package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a folder of its own, as a release has it, with Javas that only say what they were told.
@Tag("slow")
class LauncherTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path scratch;

    private Path install;

    @BeforeEach
    void copyLauncher() throws IOException {
        install = scratch.resolve("in stall");
        Files.createDirectories(install.resolve("launcher"));
        Files.copy(TOP.resolve("skyferry"), install.resolve("skyferry"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String part : List.of("launcher/java.sh", "launcher/options.sh")) {
            Files.copy(TOP.resolve(part), install.resolve(part));
        }
        Files.createDirectory(install.resolve("lib"));
    }

    private Path java(String folder, String release) throws IOException {
        Path home = scratch.resolve(folder);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"" + folder + "\"; for a; do echo \"<$a>\"; done\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("release"), release);
        return home;
    }

    /// Leaves caches as if they had been made where the product is.
    private Path cachesFor(String... names) throws IOException {
        Path lib = install.toRealPath().resolve("lib");
        for (String name : names) {
            Files.createFile(lib.resolve(name + ".aot"));
        }
        Files.writeString(lib.resolve(".place"), lib + "\n");
        return lib;
    }

    private Program.Ended launch(Map<String, String> environment, String... arguments) throws Exception {
        Map<String, String> all =
                new HashMap<>(Map.of("JAVA_HOME", "", "SKYFERRY_JAVA_HOME", "", "HOME", scratch.toString()));
        all.putAll(environment);
        var program = new Program(scratch.resolve("home"), all);
        List<String> command =
                new ArrayList<>(List.of(install.resolve("skyferry").toString()));
        command.addAll(List.of(arguments));
        return program.start(command).end();
    }

    @Test
    void javaThatIsNamedComesFirst() throws Exception {
        Path named = java("named", "JAVA_VERSION=\"26.0.1\"\n");
        Path other = java("other", "JAVA_VERSION=\"25.0.3\"\n");

        Program.Ended outcome =
                launch(Map.of("SKYFERRY_JAVA_HOME", named.toString(), "JAVA_HOME", other.toString()), "ls", "a b");

        assertThat(outcome.out().lines()).first().isEqualTo("named");
        String jar = install.toRealPath().resolve("lib/skyferry-app.jar").toString();
        assertThat(outcome.out().lines().toList()).endsWith("<-jar>", "<" + jar + ">", "<ls>", "<a b>");
    }

    @Test
    void bundledJavaComesBeforeJavaHome() throws Exception {
        Path bundled = java("bundled", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25\"\n");
        Files.createSymbolicLink(install.resolve("jre"), bundled);
        Path other = java("other", "JAVA_VERSION=\"25.0.3\"\n");

        assertThat(launch(Map.of("JAVA_HOME", other.toString()), "ls").out().lines())
                .first()
                .isEqualTo("bundled");
    }

    @Test
    void javaThatIsTooOldIsPassedOver() throws Exception {
        Path old = java("old", "JAVA_VERSION=\"17.0.15\"\n");

        assertThat(launch(Map.of("JAVA_HOME", old.toString()), "ls")
                        .out()
                        .lines()
                        .findFirst())
                .isNotEqualTo("old");
    }

    @Test
    void namedJavaThatIsTooOldEndsWithItsOwnCode() throws Exception {
        Path old = java("old", "JAVA_VERSION=\"24.0.2\"\n");

        Program.Ended outcome = launch(Map.of("SKYFERRY_JAVA_HOME", old.toString()), "ls");

        assertThat(outcome.exit()).isEqualTo(78);
        assertThat(outcome.err()).contains("want a Java 25 or newer in SKYFERRY_JAVA_HOME", "version 24.0.2");
    }

    @Test
    void linksToTheLauncherAreFollowed() throws Exception {
        Path named = java("named", "JAVA_VERSION=\"25.0.3\"\n");
        Path link = Files.createSymbolicLink(scratch.resolve("link"), Path.of("in stall/skyferry"));
        Path linked = Files.createSymbolicLink(scratch.resolve("link2"), link);
        var program = new Program(scratch.resolve("home"), Map.of("SKYFERRY_JAVA_HOME", named.toString()));

        Program.Ended outcome =
                program.start(List.of(linked.toString(), "--version")).end();

        assertThat(outcome.out()).contains("<" + install.toRealPath().resolve("lib/skyferry-app.jar") + ">");
    }

    @Test
    void cachesOfAProductThatWasMovedAreMadeAnew() throws Exception {
        Path named = java("named", "JAVA_VERSION=\"25.0.3\"\n");
        Map<String, String> environment = Map.of("SKYFERRY_JAVA_HOME", named.toString());
        Path lib = cachesFor("small-25.0.3");
        Path place = Files.writeString(lib.resolve(".place"), "/where/it/was\n");

        Program.Ended moved = launch(environment, "ls");

        assertThat(moved.err()).contains("was moved");
        assertThat(moved.out()).contains("<ls>").doesNotContain("<warmup>");
        assertThat(place).hasContent(lib.toString());
        assertThat(launch(environment, "ls").err()).doesNotContain("was moved");
    }

    @Test
    void transfersHaveOptionsOfTheirOwn() throws Exception {
        Path named = java("named", "JAVA_VERSION=\"25.0.3\"\n");
        Map<String, String> environment = Map.of("SKYFERRY_JAVA_HOME", named.toString());
        cachesFor("small-25.0.3", "local-25.0.3", "remote-25.0.3", "hashing-25.0.3");

        assertThat(launch(environment, "size", "a").out()).contains("/small-25");
        assertThat(launch(environment, "sync", "a", "b").out()).contains("/local-25", "<-XX:+AOTCompileEagerly>");
        assertThat(launch(environment, "copy", "-q", "a", "s3:b/c").out()).contains("/remote-25");
        assertThat(launch(environment, "move", "work:b/c", "d").out()).contains("/remote-25");
        assertThat(launch(environment, "sync", "a", "crypt:s3:b").out()).contains("/hashing-25");
        assertThat(launch(environment, "sync", "-c", "a", "s3:b").out()).contains("/hashing-25");
    }

    @Test
    void optionsOfTheUserComeBehindOurs() throws Exception {
        Path named = java("named", "JAVA_VERSION=\"25.0.3\"\n");

        List<String> seen = launch(
                        Map.of("SKYFERRY_JAVA_HOME", named.toString(), "SKYFERRY_JAVA_OPTS", "-Xmx1g -Da=*"),
                        "sync",
                        "-c")
                .out()
                .lines()
                .toList();

        assertThat(seen.indexOf("<-Xmx1g>"))
                .isGreaterThan(seen.indexOf("<-Xmx96m>"))
                .isPositive();
        assertThat(seen).contains("<-Da=*>").doesNotContain("<-XX:TieredStopAtLevel=1>");
    }

    @Test
    void commandsUseTheQuickCompilerAloneUnlessTheyHashEverything() throws Exception {
        Path named = java("named", "JAVA_VERSION=\"25.0.3\"\n");

        Map<String, String> environment = Map.of("SKYFERRY_JAVA_HOME", named.toString());

        assertThat(launch(environment, "ls").out()).contains("<-XX:TieredStopAtLevel=1>");
        assertThat(launch(environment, "sync").out()).contains("<-XX:TieredStopAtLevel=1>");
        assertThat(launch(environment, "check", "a", "b", "--download").out()).doesNotContain("TieredStopAtLevel");
        assertThat(launch(environment, "lsf", "-c").out()).contains("<-XX:TieredStopAtLevel=1>");
    }

    @Test
    void cacheIsUsedWhereThereIsOneForThisJava() throws Exception {
        Path named = java("named", "JAVA_VERSION=\"25.0.3\"\n");
        Path lib = cachesFor("small-25.0.3", "hashing-25.0.2");
        Map<String, String> environment = Map.of("SKYFERRY_JAVA_HOME", named.toString());

        assertThat(launch(environment, "ls").out()).contains("<-XX:AOTCache=" + lib + "/small-25.0.3.aot>");
        assertThat(launch(environment, "sync", "--checksum").out()).doesNotContain("AOTCache");
        Files.delete(lib.resolve(".place"));
        assertThat(launch(environment, "ls").out()).doesNotContain("AOTCache");
    }

    @Test
    void localeThatIsNoUtf8IsMadeOne() throws Exception {
        Path named = java("named", "JAVA_VERSION=\"25.0.3\"\n");
        Files.writeString(named.resolve("bin/java"), "#!/bin/sh\necho \"${LC_ALL-} ${LC_CTYPE-}\"\n");
        Map<String, String> java = Map.of("SKYFERRY_JAVA_HOME", named.toString());

        Map<String, String> all = new HashMap<>(java);
        all.putAll(Map.of("LC_ALL", "C", "LC_CTYPE", "", "LANG", ""));
        assertThat(launch(all, "ls").out().strip()).isEqualTo("C.UTF-8");
        all.putAll(Map.of("LC_ALL", "", "LANG", "C"));
        assertThat(launch(all, "ls").out().strip()).isEqualTo("C.UTF-8");
        all.putAll(Map.of("LANG", "de_DE.UTF-8"));
        assertThat(launch(all, "ls").out().strip()).isEmpty();
    }
}
