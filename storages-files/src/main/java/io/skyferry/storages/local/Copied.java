package io.skyferry.storages.local;

import io.skyferry.storage.HashType;
import java.util.Map;
import java.util.Optional;

/// What a copy moved.
///
/// @param hash XXH128 of the bytes; empty where none passed through, because blocks are shared
record Copied(long bytes, Optional<String> hash) {
    Map<HashType, String> hashes() {
        return hash.isEmpty() ? Map.of() : Map.of(HashType.XXH128, hash.orElseThrow());
    }
}
