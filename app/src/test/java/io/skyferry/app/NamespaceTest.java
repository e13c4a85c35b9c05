package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only mounting can bring about, in a mount namespace of its own: nobody else sees what is mounted there.
@Tag("slow")
class NamespaceTest {
    private final Path folder;
    private final Path source;
    private final Path target;

    NamespaceTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        source = Files.createDirectory(folder.resolve("source"));
        target = Files.createDirectory(folder.resolve("target"));
    }

    /// Runs shell lines in which `sync` stands for the command, with `$S` and `$T` for its folders.
    private Program.Ended play(String lines) throws IOException {
        var program = new Program(folder.resolve("home"));
        Path script = Files.writeString(
                folder.resolve("script"),
                """
                set -u
                S=$1 T=$2 F=$3
                shift 3
                case $S in */source) ;; *) exit 99 ;; esac
                sync() { "$java" "$@"; echo "exit $?"; }
                """.replace("\"$java\"", quoted(program.command("sync", "--json", "$S", "$T"))) + lines);
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--map-root-user"));
        command.addAll(List.of("sh", script.toString(), source.toString(), target.toString(), folder.toString()));
        Program.Ended ended = program.start(command).end();
        assertThat(ended.exit()).as(ended.err()).isZero();
        return ended;
    }

    private static String quoted(List<String> words) {
        StringBuilder line = new StringBuilder();
        words.forEach(word -> line.append('"').append(word).append("\" "));
        return line.toString();
    }

    @Test
    void sourceThatIsNoLongerMountedIsRefusedBeforeAnyEffect() throws IOException {
        Files.writeString(source.resolve("stray"), "below the mount point");

        Program.Ended ended = play("""
                mount -t tmpfs none "$S" || exit 98
                for i in 1 2 3 4 5; do echo $i >"$S/file$i"; done
                sync
                umount "$S" || exit 97
                sync
                ls "$T"
                """);

        assertThat(ended.out())
                .containsSubsequence("\"files\":5", "exit 0", "\"verdict\":\"refused\"", "--accept-new-root", "exit 3")
                .endsWith("exit 3\nfile1\nfile2\nfile3\nfile4\nfile5\n");
    }

    @Test
    void folderThatIsBoundToASecondPlaceIsNoTargetOfItself() throws IOException {
        Files.writeString(source.resolve("file"), "the only copy");
        Files.createDirectories(source.resolve("folder"));

        Program.Ended ended = play("""
                mkdir -p "$T" && mount --bind "$S" "$T" || exit 98
                sync
                umount "$T" && mount --bind "$S/folder" "$T" || exit 97
                sync
                cat "$S/file"
                """);

        assertThat(ended.out()).isEqualTo("exit 2\nexit 2\nthe only copy");
        assertThat(ended.err()).contains("as source and as target");
    }

    @Test
    void otherFileSystemIsTakenWhereTheUserSaysSo() throws IOException {
        Program.Ended ended = play("""
                mount -t tmpfs none "$S" || exit 98
                echo 1 >"$S/file"
                sync
                umount "$S" || exit 97
                echo 1 >"$S/file"
                sync --accept-new-root
                sync
                """);

        assertThat(ended.out()).containsSubsequence("exit 0", "exit 0", "\"unchanged\":1", "exit 0");
    }

    @Test
    void filesThatALossOfPowerToreAreMendedByTheNextRun() throws IOException {
        Files.write(source.resolve("emptied"), new byte[10_000]);
        Files.writeString(source.resolve("zeroed"), "x".repeat(10_000));
        Files.writeString(source.resolve("whole"), "y".repeat(10_000));

        Program.Ended ended = play("""
                sync
                touch -r "$T/emptied" "$F/time" && : >"$T/emptied" && touch -r "$F/time" "$T/emptied"
                : >"$T/zeroed" && truncate -s 10000 "$T/zeroed" && touch -r "$S/zeroed" "$T/zeroed"
                echo 11111111-2222-3333-4444-555555555555 >"$F/boot"
                mount --bind "$F/boot" /proc/sys/kernel/random/boot_id || exit 98
                sync
                sync
                """);

        assertThat(ended.out())
                .containsSubsequence(
                        "\"transferred\":{\"files\":3", "exit 0", "\"transferred\":{\"files\":2", "exit 0", "exit 0");
        assertThat(ended.out()).containsOnlyOnce("\"transferred\":{\"files\":0");
        assertThat(Trees.of(target)).isEqualTo(Trees.of(source));
    }
}
