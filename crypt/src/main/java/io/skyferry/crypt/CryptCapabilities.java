package io.skyferry.crypt;

import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.Limits;
import io.skyferry.storage.Capabilities.Listing;
import io.skyferry.storage.Capabilities.Names;
import io.skyferry.storage.Capabilities.Order;
import io.skyferry.storage.Capabilities.Parts;
import io.skyferry.storage.Capabilities.PathRule;
import io.skyferry.storage.Capabilities.Uploads;
import io.skyferry.storage.Verb;
import java.util.EnumSet;
import java.util.Set;

/// What is left of a storage's abilities under encryption, and what comes with it.
final class CryptCapabilities {
    private static final Set<Verb> IN_PARTS = EnumSet.of(
            Verb.BEGIN_UPLOAD,
            Verb.PROMISE,
            Verb.PUT_PART,
            Verb.LIST_PARTS,
            Verb.FINISH_UPLOAD,
            Verb.ABANDON_UPLOAD,
            Verb.LIST_UPLOADS,
            Verb.ABANDON_PENDING);

    private CryptCapabilities() {}

    /// @param paths says which plain paths the storage below can hold once they are encrypted
    static Capabilities over(Capabilities below, CryptOptions options, PathRule paths) {
        Uploads uploads = uploads(below.uploads());
        Set<Verb> verbs = EnumSet.copyOf(below.verbs());
        if (uploads.parts() == Parts.NONE) {
            verbs.removeAll(IN_PARTS);
        }
        return below.withVerbs(verbs)
                .withHashes(Set.of())
                .with(listing(below.listing(), options))
                .with(uploads)
                .with(names(below.names(), options))
                .with(limits(below.limits(), options, paths));
    }

    private static Listing listing(Listing below, CryptOptions options) {
        return new Listing(
                below.recursive(),
                below.emptyDirectories(),
                options.keepsNames() ? below.order() : Order.NONE,
                below.consistent());
    }

    /// Parts are whole blocks, which no alignment of others fits, and the first one is longer by a header.
    private static Uploads uploads(Uploads below) {
        long largest = (below.maxPart() - BoxFormat.HEADER) / BoxFormat.SEALED_BLOCK;
        long smallest = Math.max(1, Math.ceilDiv(below.minPart(), BoxFormat.SEALED_BLOCK));
        if (below.parts() == Parts.NONE || below.alignment() > 1 || below.equalParts() || smallest > largest) {
            return Uploads.NONE;
        }
        return new Uploads(
                below.parts(),
                smallest * BoxFormat.BLOCK,
                largest * BoxFormat.BLOCK,
                BoxFormat.BLOCK,
                false,
                below.maxParts(),
                below.keptFor());
    }

    /// Encrypted names differ where plain ones do, however little; others are told apart as the storage
    /// does.
    private static Names names(Names below, CryptOptions options) {
        return switch (options.mode()) {
            case STANDARD -> options.hidesDirectories() ? Names.EXACT : below;
            case OBFUSCATE, OFF -> below;
        };
    }

    private static Limits limits(Limits below, CryptOptions options, PathRule paths) {
        return new Limits(
                below.maxFileBytes() == Long.MAX_VALUE
                        ? Long.MAX_VALUE
                        : BoxFormat.largestIn(below.maxFileBytes()).orElse(0),
                longestPath(below.maxPathBytes(), options),
                paths);
    }

    /// No longer path can be stored; shorter ones may be refused, for they grow by their segments.
    private static int longestPath(int below, CryptOptions options) {
        if (below == Integer.MAX_VALUE) {
            return below;
        }
        return switch (options.mode()) {
            case OFF -> Math.max(0, below - options.suffix().length());
            case OBFUSCATE -> Math.max(0, below - 2);
            case STANDARD ->
                switch (options.encoding()) {
                    case BASE32 -> options.hidesDirectories() ? (int) (below * 5L / 8) : below;
                    case BASE64 -> options.hidesDirectories() ? (int) (below * 3L / 4) : below;
                    case BASE32768 -> options.hidesDirectories() ? (int) (below * 15L / 16) : below;
                };
        };
    }
}
