package io.skyferry.server.web.tasks;

import io.skyferry.probe.ProbeReport;
import java.util.Optional;

/// What came of trying out a credential.
///
/// @param trouble why nothing was found out; empty: something was
public record VerifyPart(Optional<ProbeReport> report, String trouble, long credential) {}
