package io.skyferry.storages.s3.credential;

import io.skyferry.storages.s3.sign.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a profile of the shared files says about where its key is: in it, at another profile, with a command, with
/// the machine.
///
/// Source: "Credential settings" of the AWS SDKs and Tools Reference Guide.
final class ProfileKeys {
    private final Profiles profiles;
    private final Sources sources;

    /// Where keys come from that are in no file.
    interface Sources {
        /// A role's, in exchange for a token in a file.
        Credentials webIdentity(String file, String role, String session);

        /// A role's, in exchange for another key.
        Credentials assumed(AssumedRole.Role role, Credentials source);

        /// What a command prints.
        Credentials command(String profile, String command);

        /// By the name that stands in profiles: `Environment`, `EcsContainer`, `Ec2InstanceMetadata`.
        Optional<Credentials> named(String source);
    }

    ProfileKeys(Profiles profiles, Sources sources) {
        this.profiles = profiles;
        this.sources = sources;
    }

    /// The key of a profile; empty if it speaks of none.
    Optional<Credentials> of(String name) {
        return of(name, List.of());
    }

    private Optional<Credentials> of(String name, List<String> before) {
        Optional<String> role = profiles.setting(name, "role_arn");
        Optional<String> token = profiles.setting(name, "web_identity_token_file");
        if (role.isPresent() && token.isPresent()) {
            return Optional.of(sources.webIdentity(token.orElseThrow(), role.orElseThrow(), session(name)));
        }
        Optional<String> from = profiles.setting(name, "source_profile");
        if (role.isPresent() && from.isPresent()) {
            return Optional.of(assumed(name, role.orElseThrow(), ofSource(name, from.orElseThrow(), before)));
        }
        Optional<String> source = profiles.setting(name, "credential_source");
        if (role.isPresent() && source.isPresent()) {
            Credentials there = sources.named(source.orElseThrow())
                    .orElseThrow(() ->
                            new Credentials.MissingException("Want a key of '%s' for the profile '%s' but there is none"
                                    .formatted(source.orElseThrow(), name)));
            return Optional.of(assumed(name, role.orElseThrow(), there));
        }
        return fixed(name)
                .or(() -> profiles.setting(name, "credential_process").map(command -> sources.command(name, command)))
                .or(() -> refusedIfOther(name, role));
    }

    private Credentials ofSource(String name, String from, List<String> before) {
        if (from.equals(name)) {
            return fixed(name).orElseThrow(() -> noKey(from, name));
        }
        List<String> seen = new ArrayList<>(before);
        seen.add(name);
        if (seen.contains(from)) {
            throw new Credentials.MissingException(
                    "Want profiles that end at a key but have a ring: %s".formatted(String.join(", ", seen)));
        }
        return of(from, seen).orElseThrow(() -> noKey(from, name));
    }

    private static Credentials.MissingException noKey(String from, String name) {
        return new Credentials.MissingException(
                "Want a key in the profile '%s', of which '%s' takes its own, but there is none".formatted(from, name));
    }

    private Credentials assumed(String name, String role, Credentials source) {
        return sources.assumed(
                new AssumedRole.Role(
                        role,
                        session(name),
                        profiles.setting(name, "external_id"),
                        profiles.setting(name, "duration_seconds")),
                source);
    }

    private String session(String name) {
        return profiles.setting(name, "role_session_name").orElse("skyferry");
    }

    private Optional<Credentials> fixed(String name) {
        Optional<String> id = profiles.setting(name, "aws_access_key_id");
        Optional<String> secret = profiles.setting(name, "aws_secret_access_key");
        return id.isPresent() && secret.isPresent()
                ? Optional.of(new Credentials.Fixed(new Access(
                        id.orElseThrow(),
                        secret.orElseThrow(),
                        profiles.setting(name, "aws_session_token"),
                        Optional.empty())))
                : Optional.empty();
    }

    /// A profile that speaks of a key in a way that is not read here is not one without a key.
    private Optional<Credentials> refusedIfOther(String name, Optional<String> role) {
        if (role.isPresent()) {
            throw new Credentials.MissingException(
                    "Want 'source_profile', 'credential_source' or 'web_identity_token_file' beside 'role_arn' in the profile '%s'"
                            .formatted(name));
        }
        if (profiles.setting(name, "sso_session").isPresent()
                || profiles.setting(name, "sso_start_url").isPresent()) {
            throw new Credentials.MissingException(
                    "The profile '%s' signs in by a browser, which is not done here. Want 'credential_process = aws configure export-credentials --profile %s' in another profile"
                            .formatted(name, name));
        }
        return Optional.empty();
    }
}
