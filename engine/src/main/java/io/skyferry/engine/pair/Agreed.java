package io.skyferry.engine.pair;

import io.skyferry.storage.ItemId;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Seal;
import java.util.Optional;

/// What both sides last agreed on for one path.
///
/// @param key where the row sorts
/// @param path as the left side spells it
/// @param rightPath as the right side spells it, where that differs: by case or Unicode form, the key being one
/// @param size in bytes; 0 for a directory
/// @param hash XXH128 of the plain content, where it was computed
/// @param left what told the left side's state apart; equal tags mean equal content
/// @param right the same for the right side
/// @param leftId what a rename on the left keeps
/// @param rightId what a rename on the right keeps
/// @param leftSeal what a layer of the left side wants given back
/// @param rightSeal what a layer of the right side wants given back
/// @param doubt why the tags alone are not to be believed at the next run
public record Agreed(
        PairKey key,
        RelPath path,
        Optional<RelPath> rightPath,
        Kind kind,
        long size,
        Optional<String> hash,
        String left,
        String right,
        Optional<ItemId> leftId,
        Optional<ItemId> rightId,
        Optional<Seal> leftSeal,
        Optional<Seal> rightSeal,
        Doubt doubt) {
    /// A row whose sides spell the path alike.
    public Agreed(
            PairKey key,
            RelPath path,
            Kind kind,
            long size,
            Optional<String> hash,
            String left,
            String right,
            Optional<ItemId> leftId,
            Optional<ItemId> rightId,
            Optional<Seal> leftSeal,
            Optional<Seal> rightSeal,
            Doubt doubt) {
        this(key, path, Optional.empty(), kind, size, hash, left, right, leftId, rightId, leftSeal, rightSeal, doubt);
    }

    /// The path as a side spells it.
    public RelPath pathOn(Side side) {
        return side == Side.LEFT ? path : rightPath.orElse(path);
    }

    /// What tells a side's state apart.
    public String tagOn(Side side) {
        return side == Side.LEFT ? left : right;
    }

    /// What a rename on a side keeps.
    public Optional<ItemId> idOn(Side side) {
        return side == Side.LEFT ? leftId : rightId;
    }

    /// What a layer of a side wants given back.
    public Optional<Seal> sealOn(Side side) {
        return side == Side.LEFT ? leftSeal : rightSeal;
    }

    /// The same row, its bytes being on the medium.
    public Agreed flushed() {
        var believed = new Doubt(Optional.empty(), doubt.racy());
        return new Agreed(
                key, path, rightPath, kind, size, hash, left, right, leftId, rightId, leftSeal, rightSeal, believed);
    }

    /// The same row with the sides exchanged.
    public Agreed exchanged() {
        return new Agreed(
                key,
                pathOn(Side.RIGHT),
                rightPath.isPresent() ? Optional.of(path) : Optional.empty(),
                kind,
                size,
                hash,
                tagOn(Side.RIGHT),
                tagOn(Side.LEFT),
                idOn(Side.RIGHT),
                idOn(Side.LEFT),
                sealOn(Side.RIGHT),
                sealOn(Side.LEFT),
                doubt);
    }

    /// What stands at the path.
    public enum Kind {
        /// A file.
        FILE,
        /// A directory.
        DIRECTORY
    }

    /// Why the tags of a row alone are not to be believed.
    ///
    /// @param unflushedIn the boot in which bytes were written that may not have reached the medium; after another
    ///     boot the content is looked at again
    /// @param racy the file changed so shortly before it was read that a further change may have left the same tag
    public record Doubt(Optional<String> unflushedIn, boolean racy) {
        /// The tags are to be believed.
        public static final Doubt NONE = new Doubt(Optional.empty(), false);
    }
}
