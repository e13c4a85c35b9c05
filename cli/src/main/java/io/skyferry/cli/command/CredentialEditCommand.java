package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.SecretOptions;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.CredentialName;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.storage.StorageProvider.Setting;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry credential edit`: changes settings, secrets or the name.
@Command(
        name = "edit",
        abbreviateSynopsis = true,
        description = {"Change a credential. What is not named stays; an empty value is none."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry credential edit nas --set links=follow --unset fsync",
            "  skyferry credential edit nas --rename home",
            "  skyferry credential edit work --ask secret-access-key"
        })
public final class CredentialEditCommand implements Action {
    private final Context context;

    private String name = "";

    @Mixin
    private final SecretOptions secrets = new SecretOptions();

    @Option(names = "--unset", paramLabel = "KEY", description = "A setting that is to go.")
    private @Nullable List<String> unset;

    @Option(names = "--rename", paramLabel = "NEW", description = "Call it so from now on.")
    private @Nullable String rename;

    @Option(
            names = "--expires",
            paramLabel = "DAY",
            description =
                    "The last day on which the account takes it, as 2027-01-31, so that an alert comes before; or never.")
    private @Nullable String expires;

    @Option(names = "--json", description = "Print what was saved as one JSON object, secrets hidden.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public CredentialEditCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME", description = "A saved credential.")
    void name(String given) {
        name = given;
    }

    private static Optional<Instant> expiry(String text) {
        if (text.equals("never")) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant());
        } catch (DateTimeParseException unreadable) {
            var refused =
                    new UsageException("Want a day such as '2027-01-31', or 'never', but have '%s'".formatted(text));
            refused.initCause(unreadable);
            throw refused;
        }
    }

    @Override
    public int act() {
        Credentials credentials = context.services().credentials();
        Credential old = credentials.get(CredentialName.withoutColon(name));
        Set<String> gone = unset == null ? Set.of() : Set.copyOf(unset);
        Optional<String> wanted = Optional.ofNullable(rename);
        if (secrets.isEmpty() && gone.isEmpty() && wanted.isEmpty() && expires == null) {
            throw new UsageException(
                    "Want --set, --unset, --secret-file, --secret-env, --ask, --expires or --rename but have none");
        }
        Map<String, Setting> settings = credentials.kinds().settings(old.provider());
        Credential now =
                credentials.edit(old.name(), wanted, new SettingChanges(secrets.given(settings, context), gone));
        if (expires != null) {
            now = credentials.expire(now.name(), expiry(expires));
        }
        TaskText.audit(context, "credential.update", "credential " + now.name(), "");
        if (json) {
            context.console().out().line(CredentialText.json(now).toString());
        } else {
            context.console().out().line("Saved '%s'.".formatted(now.name()));
        }
        return ExitCodes.SUCCESS;
    }
}
