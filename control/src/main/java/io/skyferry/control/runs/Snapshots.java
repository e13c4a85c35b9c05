package io.skyferry.control.runs;

import io.skyferry.control.run.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Snapshots of the file systems that know them, by their own commands: ZFS, Btrfs, and volumes of LVM's
/// thin pools.
///
/// What is to be made is told before it is made, so that whoever comes after a crash can remove it.
public final class Snapshots {
    /// The number of a Btrfs subvolume's root.
    ///
    /// Source: the Btrfs documentation, "BTRFS_FIRST_FREE_OBJECTID".
    private static final long SUBVOLUME_ROOT = 256;

    private final Commands commands;
    private final Path mountTable;
    private final Path mounts;

    /// @param mountTable as `/proc/self/mountinfo`
    /// @param mounts a folder below which volumes are mounted while they are read
    public Snapshots(Commands commands, Path mountTable, Path mounts) {
        this.commands = commands;
        this.mountTable = mountTable;
        this.mounts = mounts;
    }

    /// A snapshot that can be taken.
    ///
    /// @param kind `zfs`, `btrfs` or `lvm`
    /// @param name what it takes to remove it
    /// @param folder where it shows the task's folder
    public record Planned(String kind, String name, Path folder, List<List<String>> making) {
        /// Makes the lists unchangeable.
        public Planned {
            making = making.stream().map(List::copyOf).toList();
        }
    }

    private record Mount(Path at, String type, String source) {}

    /// How a snapshot of a folder is taken; nothing is done yet.
    ///
    /// @param name letters, digits, `-` and `_`
    /// @throws RefusedException if the folder's file system has none
    public Planned plan(Path folder, String name) throws IOException {
        Path real = folder.toRealPath();
        Mount mount = mountOf(real);
        return switch (mount.type()) {
            case "zfs" -> zfs(real, mount, name);
            case "btrfs" -> btrfs(real, name);
            default -> lvm(real, mount, name);
        };
    }

    private static Planned zfs(Path folder, Mount mount, String name) {
        String snapshot = mount.source() + "@" + name;
        boolean whole = folder.equals(mount.at());
        return new Planned(
                "zfs",
                (whole ? "-r " : "") + snapshot,
                mount.at()
                        .resolve(".zfs/snapshot")
                        .resolve(name)
                        .resolve(mount.at().relativize(folder)),
                List.of(whole ? List.of("zfs", "snapshot", "-r", snapshot) : List.of("zfs", "snapshot", snapshot)));
    }

    private static Planned btrfs(Path folder, String name) throws IOException {
        Path volume = folder;
        while ((long) Files.getAttribute(volume, "unix:ino") != SUBVOLUME_ROOT) {
            volume = Optional.ofNullable(volume.getParent())
                    .orElseThrow(() -> new RefusedException(
                            "Want a subvolume of Btrfs above '%s' but there is none".formatted(folder)));
        }
        Path snapshot = volume.resolve(".skyferry-snapshot-" + name);
        return new Planned(
                "btrfs",
                snapshot.toString(),
                snapshot.resolve(volume.relativize(folder)),
                List.of(List.of("btrfs", "subvolume", "snapshot", "-r", volume.toString(), snapshot.toString())));
    }

    private Planned lvm(Path folder, Mount mount, String name) throws IOException {
        Commands.Answer answer = mount.source().startsWith("/dev/")
                ? commands.run(List.of(
                        "lvs", "--noheadings", "--separator", "/", "-o", "vg_name,lv_name,pool_lv", mount.source()))
                : new Commands.Answer(1, "");
        List<String> found = List.of(answer.output().strip().split("/", -1));
        if (!answer.isGood() || found.size() != 3 || found.get(2).isEmpty()) {
            throw new RefusedException(
                    "Want a file system that takes snapshots (ZFS, Btrfs, LVM's thin volumes) but '%s' is on '%s'"
                            .formatted(folder, mount.type()));
        }
        String group = found.get(0);
        Path at = mounts.resolve(name);
        String options = mount.type().equals("xfs") ? "ro,nouuid" : "ro";
        return new Planned(
                "lvm",
                "%s/%s".formatted(group, name),
                at.resolve(mount.at().relativize(folder)),
                List.of(
                        List.of("lvcreate", "-s", "-kn", "-n", name, "%s/%s".formatted(group, found.get(1))),
                        List.of("mkdir", "-p", at.toString()),
                        List.of("mount", "-o", options, "/dev/%s/%s".formatted(group, name), at.toString())));
    }

    /// Takes a snapshot.
    ///
    /// @throws RefusedException with what the command said
    public void take(Planned planned) throws IOException {
        for (List<String> command : planned.making()) {
            Commands.Answer answer = commands.run(command);
            if (!answer.isGood()) {
                throw new RefusedException("The snapshot could not be taken. '%s' says: %s"
                        .formatted(command.getFirst(), answer.output()));
            }
        }
    }

    /// Removes a snapshot; one that is not there is removed already.
    ///
    /// @throws IOException with what the command said
    public void remove(String kind, String name) throws IOException {
        switch (kind) {
            case "zfs" -> removeZfs(name);
            case "btrfs" -> {
                if (Files.exists(Path.of(name))) {
                    expect(List.of("btrfs", "subvolume", "delete", name));
                }
            }
            case "lvm" -> removeLvm(name);
            default -> throw new IOException("Want a snapshot of a known kind but have '%s'".formatted(kind));
        }
    }

    private void removeZfs(String name) throws IOException {
        boolean whole = name.startsWith("-r ");
        String snapshot = whole ? name.substring(3) : name;
        if (!commands.run(List.of("zfs", "list", "-H", "-t", "snapshot", snapshot))
                .isGood()) {
            return;
        }
        expect(whole ? List.of("zfs", "destroy", "-r", snapshot) : List.of("zfs", "destroy", snapshot));
    }

    private void removeLvm(String name) throws IOException {
        Path at = mounts.resolve(name.substring(name.indexOf('/') + 1));
        if (Files.exists(at)) {
            var _ = commands.run(List.of("umount", at.toString()));
            Files.deleteIfExists(at);
        }
        if (commands.run(List.of("lvs", name)).isGood()) {
            expect(List.of("lvremove", "-f", name));
        }
    }

    private void expect(List<String> command) throws IOException {
        Commands.Answer answer = commands.run(command);
        if (!answer.isGood()) {
            throw new IOException("'%s' says: %s".formatted(String.join(" ", command), answer.output()));
        }
    }

    /// The mount that a folder is on: the deepest one above it, and of several at one place the last.
    private Mount mountOf(Path folder) throws IOException {
        Mount found = new Mount(Path.of("/"), "unknown", "");
        if (!Files.exists(mountTable)) {
            return found;
        }
        for (String line : Files.readAllLines(mountTable, StandardCharsets.UTF_8)) {
            int parting = line.indexOf(" - ");
            List<String> head = List.of(line.split(" ", -1));
            List<String> tail = List.of(line.substring(Math.max(0, parting + 3)).split(" ", -1));
            if (parting > 0 && head.size() > 4 && tail.size() > 1) {
                Path at = Path.of(unescaped(head.get(4)));
                if (folder.startsWith(at) && at.getNameCount() >= found.at().getNameCount()) {
                    found = new Mount(at, tail.get(0), unescaped(tail.get(1)));
                }
            }
        }
        return found;
    }

    /// Source: proc(5), `/proc/pid/mountinfo`: blanks and backslashes are written in octal.
    private static String unescaped(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
