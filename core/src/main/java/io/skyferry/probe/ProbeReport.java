package io.skyferry.probe;

import java.util.List;

/// What a probe found, in the order in which it looked.
///
/// @param refused whether the account did not take the credential
public record ProbeReport(List<Finding> findings, boolean refused) {
    /// What the finding about writing is called.
    static final String WRITE = "write";

    /// Makes the list unchangeable.
    public ProbeReport {
        findings = List.copyOf(findings);
    }

    /// Whether nothing was wrong.
    public boolean isRight() {
        return wrong().isEmpty();
    }

    /// Whether the place is none to write to, so that nothing but looking was tried.
    public boolean onlyLooked() {
        return findings.stream()
                .anyMatch(one -> one.what().equals(WRITE) && one.verdict() == Finding.Verdict.NOT_OFFERED);
    }

    /// What was wrong.
    public List<Finding> wrong() {
        return findings.stream()
                .filter(finding -> finding.verdict() == Finding.Verdict.WRONG)
                .toList();
    }
}
