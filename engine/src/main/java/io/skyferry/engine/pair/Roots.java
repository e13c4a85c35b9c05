package io.skyferry.engine.pair;

/// The two roots as they were when a run last looked.
///
/// @param leftVolume what held the left root: a file system's UUID; empty where nothing can be swapped under it
/// @param rightVolume the same for the right root
/// @param boot which boot of this machine it was
public record Roots(String leftVolume, String rightVolume, String boot) {
    /// The same with the sides exchanged.
    public Roots exchanged() {
        return new Roots(rightVolume, leftVolume, boot);
    }
}
