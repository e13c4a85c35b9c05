package io.skyferry.engine.world;

import io.skyferry.engine.world.Place.Maker;
import io.skyferry.engine.world.Place.State;
import io.skyferry.engine.world.Tokens.Token;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.Traits.Mark;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Somebody who works with the files of both sides, and likes few paths and awkward moments.
final class Actor {
    private final List<RelPath> paths;
    private final Tokens tokens;
    private final FakeClock clock;
    private final Moments moments;
    private final Trace trace;
    private final Place hasty;
    private final Consumer<String> hiddenMeanwhile;

    /// @param hasty the place where several edits may get one time
    /// @param hiddenMeanwhile hears the keys of files whose edits left no trace in the middle of a run
    Actor(
            List<RelPath> paths,
            Tokens tokens,
            FakeClock clock,
            Moments moments,
            Trace trace,
            Place hasty,
            Consumer<String> hiddenMeanwhile) {
        this.hiddenMeanwhile = hiddenMeanwhile;
        this.paths = paths;
        this.tokens = tokens;
        this.clock = clock;
        this.moments = moments;
        this.trace = trace;
        this.hasty = hasty;
    }

    /// Does one thing at a place.
    ///
    /// @param bias the path that is just being worked on
    void edit(SplittableRandom random, Place place, Place other, Optional<RelPath> bias) {
        RelPath path =
                bias.filter(near -> !near.isRoot() && random.nextInt(10) < 7).orElseGet(() -> pathOf(random));
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4, 5, 6 -> write(place, path, tokens.fresh(random));
            case 7, 8 -> write(place, path, tokens.again(random));
            case 9, 10, 11, 12 -> hide(random, place, path);
            case 13, 14, 15 -> remove(place, path);
            case 16, 17, 18 -> rename(random, place, path, pathOf(random));
            case 19 -> swap(random, place, path, pathOf(random));
            case 20 -> flip(random, place, path);
            case 21 -> copyFrom(place, other, path);
            case 22 -> touch(place, path);
            default -> makeDirectory(random, place, path);
        }
    }

    /// Puts something new there.
    void fill(Place place, RelPath path, SplittableRandom random) {
        write(place, path, tokens.fresh(random));
    }

    private RelPath pathOf(SplittableRandom random) {
        return paths.get(random.nextInt(paths.size()));
    }

    private void told(Place place, String what, RelPath path) {
        trace.add("actor at " + place.name, what, path.text());
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }

    void write(Place place, RelPath path, Token token) {
        told(place, "writes '%s' at %s to".formatted(token.content(), token.time()), path);
        put(place, path, token.content(), token.time());
    }

    private void put(Place place, RelPath path, String content, Instant time) {
        if (cannotHold(place, path)) {
            return;
        }
        clearTheWay(place, path);
        place.door.put(path, bytes(content), time);
        place.dropLostLeftovers();
        place.note(path, content, Maker.ACTOR, moments.now());
    }

    private static boolean cannotHold(Place place, RelPath path) {
        return path.text().chars().anyMatch(c -> place.traits.forbidden().indexOf(c) >= 0);
    }

    /// What is in the way of a path goes, and is noted.
    private void clearTheWay(Place place, RelPath path) {
        if (!place.traits.capabilities().listing().emptyDirectories()) {
            return;
        }
        for (RelPath above = path.parent(); !above.isRoot(); above = above.parent()) {
            if (place.at(above).isPresent()) {
                place.noteGone(above, moments.now());
            }
        }
        belowAnySpelling(place, path).forEach(file -> place.noteGone(file, moments.now()));
    }

    private static List<RelPath> below(Place place, RelPath path) {
        List<RelPath> below = new ArrayList<>();
        place.door.contents().keySet().stream()
                .filter(file -> path.holds(file) && !path.equals(file))
                .forEach(below::add);
        return below;
    }

    /// What a place takes to lie below a path, however it is spelled.
    private static List<RelPath> belowAnySpelling(Place place, RelPath path) {
        String key = place.ownKey(path) + "/";
        return place.door.contents().keySet().stream()
                .filter(file -> place.ownKey(file).startsWith(key))
                .toList();
    }

    /// The same size and time with other bytes: only a version, or haste that is doubted, tells.
    private void hide(SplittableRandom random, Place place, RelPath path) {
        Optional<State> there = place.at(path);
        if (there.isEmpty() || there.orElseThrow().content().isEmpty()) {
            write(place, path, tokens.fresh(random));
            return;
        }
        boolean versioned = place.traits.marks().contains(Mark.VERSION);
        // What neither a version nor a time tells between two reads of one file is nobody's fault.
        boolean telling = versioned
                || (place == hasty
                        && !moments.isRunning()
                        && place.traits.capabilities().modTimes().keeping() != Keeping.NOT_KEPT);
        if (!telling) {
            write(place, path, tokens.fresh(random));
            return;
        }
        Token token = tokens.ofLength(there.orElseThrow().content().length());
        Instant time = versioned ? there.orElseThrow().entry().modTime().known().orElse(token.time()) : clock.get();
        told(place, "hides '%s' at %s in".formatted(token.content(), time), path);
        put(place, path, token.content(), time);
        place.hidden.add(place.pairKey(path));
        if (moments.isRunning()) {
            hiddenMeanwhile.accept(place.pairKey(path));
        }
    }

    void remove(Place place, RelPath path) {
        told(place, "removes", path);
        if (place.at(path).isPresent()) {
            place.noteGone(path, moments.now());
        }
        belowAnySpelling(place, path).forEach(file -> place.noteGone(file, moments.now()));
        place.door.remove(path.text());
    }

    private void rename(SplittableRandom random, Place place, RelPath from, RelPath to) {
        List<RelPath> below = below(place, from);
        if (place.at(from).isPresent()) {
            renameFile(place, from, to);
        } else if (!below.isEmpty() && !from.holds(to) && !to.holds(from)) {
            below.forEach(file -> renameFile(
                    place, file, to.resolve(file.text().substring(from.text().length() + 1))));
        } else {
            write(place, to, tokens.fresh(random));
        }
    }

    private void renameFile(Place place, RelPath from, RelPath to) {
        Optional<State> there = place.at(from);
        if (there.isEmpty()) {
            return; // Another one that falls together with it came first.
        }
        State moving = there.orElseThrow();
        var fromKey = new RelPath(place.pairKey(from));
        var toKey = new RelPath(place.pairKey(to));
        if (fromKey.holds(toKey) || toKey.holds(fromKey) || cannotHold(place, to)) {
            return;
        }
        told(place, "renames '%s' to".formatted(from), to);
        boolean wasHidden =
                place.hidden.contains(place.pairKey(from)) || moving.content().indexOf('\0') >= 0;
        clearTheWay(place, to);
        place.noteGone(from, moments.now());
        freeTheWay(place, to);
        place.door.rename(from.text(), to.text());
        place.note(to, moving.content(), Maker.ACTOR, moments.now());
        if (wasHidden) {
            // Nobody could tell an edit that was hidden before the rename, so the rename shows it, if times are kept.
            put(place, to, moving.content(), tokens.newTime());
            if (tokens.doLengthsDiffer()) {
                place.hidden.add(place.pairKey(to));
            }
        }
    }

    private static void freeTheWay(Place place, RelPath to) {
        if (place.traits.capabilities().listing().emptyDirectories()) {
            for (RelPath above = to.parent(); !above.isRoot(); above = above.parent()) {
                if (place.at(above).isPresent()) {
                    place.door.remove(above.text());
                }
            }
            if (place.at(to).isEmpty()) {
                place.door.remove(to.text());
            }
        }
    }

    private void swap(SplittableRandom random, Place place, RelPath one, RelPath other) {
        var aside = new RelPath("aside");
        if (place.at(one).isEmpty() || place.at(other).isEmpty() || one.equals(other)) {
            rename(random, place, one, other);
            return;
        }
        renameFile(place, one, aside);
        if (place.at(other).isPresent()) {
            renameFile(place, other, one);
        }
        if (place.at(aside).isPresent()
                && place.at(one).isPresent() != place.at(other).isPresent()) {
            renameFile(place, aside, place.at(other).isPresent() ? one : other);
        }
    }

    private void flip(SplittableRandom random, Place place, RelPath path) {
        boolean isFile = place.at(path).isPresent();
        remove(place, path);
        write(place, isFile ? path.resolve("x") : path, tokens.fresh(random));
    }

    void copyFrom(Place place, Place other, RelPath path) {
        Optional<State> there = other.at(path);
        if (there.isEmpty()) {
            remove(place, path);
            return;
        }
        State state = there.orElseThrow();
        if (state.content().indexOf('\0') >= 0) {
            return; // What a loss of power left is no content of anybody's.
        }
        Instant time = state.entry().modTime() instanceof ModTime.Known(Instant at) ? at : tokens.newTime();
        told(place, "copies '%s' from across to".formatted(state.content()), path);
        put(place, path, state.content(), time);
    }

    private void touch(Place place, RelPath path) {
        place.at(path).ifPresent(state -> {
            told(place, "touches", path);
            put(place, path, state.content(), tokens.newTime());
        });
    }

    private void makeDirectory(SplittableRandom random, Place place, RelPath path) {
        RelPath directory = path.resolve("empty");
        boolean free = place.traits.capabilities().listing().emptyDirectories()
                && place.at(path).isEmpty()
                && place.at(directory).isEmpty();
        for (RelPath above = path.parent(); free && !above.isRoot(); above = above.parent()) {
            free = place.at(above).isEmpty();
        }
        if (free) {
            told(place, "makes directory", directory);
            place.door.mkdir(directory.text());
        } else {
            write(place, path, tokens.fresh(random));
        }
    }
}
