package io.skyferry.engine.pair;

class HeldPairMemoriesTest extends PairMemoryContract {
    private final HeldPairMemories memories = new HeldPairMemories();

    @Override
    protected PairMemories memories() {
        return memories;
    }
}
