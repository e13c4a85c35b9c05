package io.skyferry.testkit;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Runs a property over many seeded cases, small ones first; a failure names the line that runs its case
/// again.
public final class Cases {
    private static final String GENERATOR = "L64X128MixRandom";

    private Cases() {}

    /// What must hold for one case.
    @FunctionalInterface
    public interface Property {
        /// Throws if it does not hold.
        ///
        /// @param size how large a case to make: grows from 0
        void holds(RandomGenerator random, int size) throws Exception;
    }

    /// Runs so many cases.
    public static void of(int count, Property property) {
        for (int i = 0; i < count; i++) {
            once(0x5EED_0000L + i, Math.min(i / 4, 64), property);
        }
    }

    /// Runs one case, as the message of a failure says.
    public static void once(long seed, int size, Property property) {
        try {
            property.holds(RandomGeneratorFactory.of(GENERATOR).create(seed), size);
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(
                    "Fails for Cases.once(%sL, %s, property): %s".formatted(seed, size, failure.getMessage()), failure);
        }
    }
}
