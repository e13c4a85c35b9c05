package io.skyferry.storages.local.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class InodeTest {
    private static Inode inode() {
        var inode = new Inode();
        inode.kind = Kind.FILE;
        inode.number = 7;
        inode.device = 3;
        inode.size = 4096;
        inode.modifiedSecond = 1_700_000_000;
        inode.changedSecond = 1_700_000_001;
        inode.bornSecond = 1_600_000_000;
        return inode;
    }

    @Test
    void versionsAreComparedAsTheyAreSpelled() {
        List<Consumer<Inode>> changes = List.of(
                inode -> inode.number++,
                inode -> inode.size++,
                inode -> inode.modifiedSecond++,
                inode -> inode.modifiedNano++,
                inode -> inode.changedSecond++,
                inode -> inode.changedNano++,
                inode -> inode.bornSecond++,
                inode -> inode.bornNano++,
                inode -> inode.device++,
                inode -> inode.permissions++,
                inode -> inode.links++,
                inode -> {});
        for (int i = 0; i < changes.size(); i++) {
            Inode other = inode();
            changes.get(i).accept(other);
            assertThat(other.isSameVersionAs(inode()))
                    .as("change %s", i)
                    .isEqualTo(other.version().equals(inode().version()))
                    .isEqualTo(i >= 8);
            assertThat(Inode.idIn(other.version())).isEqualTo(other.id());
        }
    }
}
