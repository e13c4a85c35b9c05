package io.skyferry.crypt.box;

/// Which implementation to use now; it may change while blocks are under way.
@FunctionalInterface
public interface KernelChoice {
    /// The one to use for the next block.
    SecretBoxKernel kernel();
}
