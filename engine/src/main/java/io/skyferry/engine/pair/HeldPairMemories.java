package io.skyferry.engine.pair;

import io.skyferry.engine.pair.HeldPairMemory.Snapshot;
import io.skyferry.storage.StorageIdentity;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Memories that live as long as their process; never waits for another run.
public final class HeldPairMemories implements PairMemories {
    private final Map<String, Snapshot> kept = new HashMap<>();
    private final Map<String, HeldPairMemory> inUse = new HashMap<>();

    @Override
    public synchronized PairMemory open(StorageIdentity left, StorageIdentity right, Duration patience) {
        boolean inOrder = left.canonical().compareTo(right.canonical()) <= 0;
        String pair =
                inOrder ? left.canonical() + "\n" + right.canonical() : right.canonical() + "\n" + left.canonical();
        if (inUse.containsKey(pair)) {
            throw new PairInUseException("The pair '%s' and '%s' is in use by another run of this process"
                    .formatted(left.canonical(), right.canonical()));
        }
        HeldPairMemory memory =
                Optional.ofNullable(kept.get(pair)).map(HeldPairMemory::of).orElseGet(HeldPairMemory::new);
        memory.whenClosed(() -> letGo(pair, memory));
        inUse.put(pair, memory);
        return inOrder ? memory : new ExchangedPairMemory(memory);
    }

    private synchronized void letGo(String pair, HeldPairMemory memory) {
        kept.put(pair, memory.snapshot());
        inUse.remove(pair);
    }
}
