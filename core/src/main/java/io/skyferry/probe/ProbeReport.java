package io.skyferry.probe;

import java.util.List;

/// What a probe found, in the order in which it looked.
///
/// @param refused whether the account did not take the credential
public record ProbeReport(List<Finding> findings, boolean refused) {
    /// Makes the list unchangeable.
    public ProbeReport {
        findings = List.copyOf(findings);
    }

    /// Whether nothing was wrong.
    public boolean isRight() {
        return wrong().isEmpty();
    }

    /// What was wrong.
    public List<Finding> wrong() {
        return findings.stream()
                .filter(finding -> finding.verdict() == Finding.Verdict.WRONG)
                .toList();
    }
}
