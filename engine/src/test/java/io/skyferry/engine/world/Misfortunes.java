package io.skyferry.engine.world;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.storage.Capabilities.Parts;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// What happens between runs: edits, and losses of memory, power and mounts.
final class Misfortunes {
    private final Globe globe;
    private final SplittableRandom random;

    Misfortunes(Globe globe, SplittableRandom random) {
        this.globe = globe;
        this.random = random;
    }

    /// The world before the first run.
    void beginning() {
        int files = globe.setup.crowd() ? 24 : 0;
        for (int i = 0; i < files; i++) {
            var path = new RelPath("many/" + i);
            globe.actor.fill(globe.left, path, random);
            globe.actor.copyFrom(globe.right, globe.left, path);
        }
        edits(globe.left, globe.right, 2 + random.nextInt(7));
        edits(globe.right, globe.left, random.nextInt(4));
        if (random.nextInt(4) == 0) {
            foreignTraces();
        }
    }

    private void edits(Place place, Place other, int count) {
        for (int i = 0; i < count; i++) {
            globe.actor.edit(random, place, other, Optional.empty());
            globe.clock.advance(Duration.ofMillis(random.nextInt(400)));
        }
    }

    /// Somebody else's unfinished upload and temporary file.
    private void foreignTraces() {
        RelPath path = globe.setup.paths().getFirst();
        if (globe.right.traits.capabilities().uploads().parts() != Parts.NONE && isFree(path)) {
            var content = BytesContent.of("somebody else's content, in parts");
            String token = globe.right
                    .storage
                    .beginUpload(path, content, WriteOptions.PLAIN)
                    .token();
            globe.right.foreignUploads.add(token);
        }
        var pending = new PendingUpload(path, "foreign", Instant.EPOCH);
        globe.right.leftovers.put("foreign", new Entry.Leftover(path, "zzzzzzzz1", pending));
        globe.right.foreignUploads.add("foreign");
    }

    private boolean isFree(RelPath path) {
        try {
            return globe.right.storage.stat(path).isEmpty()
                    && path.parent().isRoot()
                    && path.text()
                            .chars()
                            .noneMatch(c -> globe.right.traits.forbidden().indexOf(c) >= 0);
        } catch (StorageException failure) {
            return false;
        }
    }

    /// Before each further run.
    void between() {
        globe.clock.advance(
                Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(900) : random.nextInt(4_000_000)));
        edits(globe.left, globe.right, random.nextInt(5));
        edits(globe.right, globe.left, random.nextInt(4) == 0 ? random.nextInt(4) : 0);
        if (random.nextInt(2) == 0) {
            globe.left.door.settle();
            globe.right.door.settle();
        }
        if (random.nextInt(3) == 0) {
            memory();
        }
        if (random.nextInt(6) == 0) {
            power();
        }
        if (random.nextInt(12) == 0) {
            mounts();
        }
        if (random.nextInt(16) == 0) {
            expire();
        }
        unlistable();
    }

    private void memory() {
        switch (random.nextInt(5)) {
            case 0 -> {
                tell("memory lost");
                globe.memory = new HeldPairMemory();
                globe.loseMemory();
            }
            case 1 -> {
                tell("memory damaged");
                globe.memory = HeldPairMemory.replaced("It was damaged");
                globe.loseMemory();
            }
            case 2 -> rollBack(Known.SEEN);
            case 3 -> rollBack(Known.UNSEEN);
            default -> foreignRows();
        }
    }

    private enum Known {
        SEEN,
        UNSEEN
    }

    private void rollBack(Known known) {
        if (globe.pastMemories.isEmpty()) {
            return;
        }
        tell("memory rolled back, " + known);
        HeldPairMemory.Snapshot past = globe.pastMemories.get(random.nextInt(globe.pastMemories.size()));
        globe.memory = HeldPairMemory.of(known == Known.SEEN ? past.rolledBack("An older copy") : past);
        globe.loseMemory();
        globe.wasRolledBackUnseen |= known == Known.UNSEEN;
    }

    private void foreignRows() {
        tell("foreign rows in the memory");
        for (int i = 0; i < 3; i++) {
            RelPath path =
                    globe.setup.paths().get(random.nextInt(globe.setup.paths().size()));
            globe.memory.put(new Agreed(
                    new PairKey(globe.keys.ofFile(path)),
                    path,
                    Agreed.Kind.FILE,
                    8,
                    Optional.of("00000000000000000000000000000000"),
                    "foreign",
                    "foreign",
                    Optional.of(new ItemId("i" + (1 + random.nextInt(6)))),
                    Optional.of(new ItemId("i" + (1 + random.nextInt(6)))),
                    Optional.empty(),
                    Optional.empty(),
                    Agreed.Doubt.NONE));
        }
        globe.memory.settle();
    }

    /// The machine goes down. What was not flushed is torn, where it lies on this machine.
    void power() {
        tell("power lost");
        globe.reboot();
        long seed = random.nextLong();
        if (globe.right.here && !globe.wasReversed) {
            globe.isTorn = true;
            Map<String, String> before = globe.right.files();
            globe.right.door.losePower(seed);
            Set<String> torn = new TreeSet<>();
            globe.right.files().forEach((path, content) -> {
                if (!content.equals(before.get(path))) {
                    torn.add(globe.keys.ofFile(new RelPath(path)));
                }
            });
            globe.tear(torn);
        }
    }

    /// A storage keeps unfinished uploads for a while only.
    private void expire() {
        tell("unfinished uploads expire");
        for (Place place : List.of(globe.left, globe.right)) {
            List.copyOf(place.begun.entrySet()).forEach(one -> {
                var pending = new PendingUpload(one.getValue().path(), one.getKey(), Instant.EPOCH);
                place.storage.abandonPending(pending);
                place.begun.remove(one.getKey());
                globe.parts.expired(place.name, pending);
            });
        }
    }

    private void mounts() {
        Place place = random.nextInt(3) > 0 ? globe.left : globe.right;
        switch (random.nextInt(3)) {
            case 0 -> {
                tell(place.name + " lies elsewhere");
                place.door.setVolume("volume-" + random.nextInt(3));
            }
            case 1 -> {
                tell(place.name + " vanishes");
                place.door.contents().keySet().forEach(file -> globe.actor.remove(place, file));
                place.door.vanish();
                place.leftovers.clear();
            }
            default -> {
                tell(place.name + " is emptied");
                place.door.contents().keySet().forEach(file -> globe.actor.remove(place, file));
            }
        }
    }

    private void unlistable() {
        globe.left.unlistable.clear();
        globe.right.unlistable.clear();
        if (random.nextInt(12) == 0) {
            Place place = random.nextInt(3) > 0 ? globe.left : globe.right;
            globe.setup.paths().stream()
                    .map(RelPath::parent)
                    .filter(above -> !above.isRoot() && place.at(above).isEmpty())
                    .findFirst()
                    .ifPresent(place.unlistable::add);
        }
    }

    /// Everything can be seen and reached again.
    void peace() {
        globe.clock.advance(Duration.ofSeconds(3 + random.nextInt(4_000)));
        globe.left.unlistable.clear();
        globe.right.unlistable.clear();
        if (globe.left.storage.stat(RelPath.ROOT).isEmpty()) {
            globe.actor.fill(globe.left, globe.setup.paths().getFirst(), random);
        }
        globe.left.door.settle();
        globe.right.door.settle();
    }

    private void tell(String what) {
        globe.trace.add("world", what, "");
    }
}
