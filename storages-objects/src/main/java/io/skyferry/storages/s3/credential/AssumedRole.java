package io.skyferry.storages.s3.credential;

import io.skyferry.storages.s3.sign.Access;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A role's key in exchange for another key that may take the role on.
///
/// Source: AssumeRole of the AWS Security Token Service API Reference.
final class AssumedRole implements Renewed.Source {
    private final TokenService service;
    private final Credentials source;
    private final Role role;
    private final InstantSource clock;

    /// What is asked for.
    ///
    /// @param externalId what the owner of the role and its user have agreed on
    /// @param seconds how long the key is to last; empty: as usual
    record Role(String arn, String session, Optional<String> externalId, Optional<String> seconds) {}

    AssumedRole(TokenService service, Credentials source, Role role, InstantSource clock) {
        this.service = service;
        this.source = source;
        this.role = role;
        this.clock = clock;
    }

    @Override
    public Access fetch() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("RoleSessionName", role.session());
        role.externalId().ifPresent(id -> form.put("ExternalId", id));
        role.seconds().ifPresent(seconds -> form.put("DurationSeconds", seconds));
        return service.ask("AssumeRole", role.arn(), form, source.access(), clock.instant());
    }
}
