package io.skyferry.testkit;

/// The process dies here, as far as a test is concerned. An error, so that nothing that handles failures
/// sees it.
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1;

    /// Dies at this point.
    public SimulatedCrash(String where) {
        super("Simulated crash " + where);
    }
}
