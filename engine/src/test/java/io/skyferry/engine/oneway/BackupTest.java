package io.skyferry.engine.oneway;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Traits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Files that are kept aside where a target can only copy and delete, and neither listing nor version tells one state
/// of a file from another of the same size.
class BackupTest {
    private static final RelPath A = new RelPath("a");

    private final Rig rig = new Rig(Traits.OBJECTS, Traits.OBJECTS.marking());

    /// Somebody edits the file right before the target is told to do something.
    private Report runWithEditBefore(Verb verb, String edited) {
        var edits = new InterceptedStorage(
                rig.target, new EditBefore(rig.target, where -> where.verb() == verb, A, edited));
        rig.backup = Optional.of(new OneWayRun.Backup(edits, RelPath.ROOT, RelPath.ROOT, ".bak"));
        return OneWay.run(rig.runOf(Mode.SYNC, rig.source, edits, rig.memory));
    }

    private void fill() {
        rig.options = RunOptions.DEFAULTS;
        rig.source.backdoor().put("b", "b");
        rig.target.backdoor().put("b", "b");
        rig.target.backdoor().put("a", "old");
    }

    @Test
    void fileThatIsDeletedIsTheOneThatWasKeptAside() {
        fill();
        assertThat(runWithEditBefore(Verb.DELETE, "new").failed()).isEqualTo(1);
        assertThat(rig.target.backdoor().texts()).containsEntry("a", "new").containsEntry("a.bak", "old");
    }

    @Test
    void fileThatBecameAnotherSinceTheListingStays() {
        fill();
        assertThat(runWithEditBefore(Verb.COPY, "larger").failed()).isEqualTo(1);
        assertThat(rig.target.backdoor().texts()).containsEntry("a", "larger").doesNotContainKey("a.bak");
    }

    @Test
    void fileThatNobodyTouchesIsKeptAsideAndGoes() {
        fill();
        assertThat(runWithEditBefore(Verb.MOVE, "never").deleted()).isEqualTo(1);
        assertThat(rig.target.backdoor().texts()).containsOnlyKeys("b", "a.bak");
    }

    private Rig disks() {
        var disks = new Rig();
        disks.backup = Optional.of(new OneWayRun.Backup(disks.target, RelPath.ROOT, RelPath.ROOT, ".bak"));
        return disks;
    }

    @Test
    void whatIsKeptBesideTheNewFileStaysThere() {
        Rig disks = disks();
        for (String content : List.of("1", "22", "333")) {
            disks.source.backdoor().put("a", content);
            assertThat(disks.run(Mode.SYNC).failures()).isEmpty();
        }
        assertThat(disks.run(Mode.SYNC).deleted()).isZero();
        assertThat(disks.target.backdoor().texts())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "333", "a.bak", "22"));
    }

    @Test
    void fileOfTheSourceThatBearsTheSuffixIsNoKeptOne() {
        Rig disks = disks();
        disks.source.backdoor().put("a", "1");
        disks.source.backdoor().put("a.bak", "the source's own");
        disks.run(Mode.SYNC);
        disks.source.backdoor().put("a", "22");

        Report report = disks.run(Mode.SYNC);

        assertThat(report.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("--suffix"));
        assertThat(disks.target.backdoor().texts()).containsEntry("a", "1").containsEntry("a.bak", "the source's own");
        disks.source.backdoor().remove("a.bak");
        disks.run(Mode.SYNC);
        assertThat(disks.run(Mode.SYNC).failures()).isEmpty();
        assertThat(disks.target.backdoor().texts())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "22", "a.bak", "1", "a.bak.bak", "the source's own"));
    }
}
