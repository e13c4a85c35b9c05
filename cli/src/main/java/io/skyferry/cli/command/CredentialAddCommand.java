package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.SecretOptions;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.SettingChanges;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry credential add`: saves an account under a name.
@Command(
        name = "add",
        abbreviateSynopsis = true,
        description = {
            "Save an account under a name. Nothing is asked of the account: see 'verify'.",
            "On a terminal, secrets that are missing are asked for and not shown."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry credential add nas --provider local --set path=/mnt/nas",
            "  skyferry credential add work --provider s3 --set access-key-id=AKIA... --secret-file secret-access-key=key.txt",
            "  skyferry credential providers    # which kinds there are, and their settings"
        })
public final class CredentialAddCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--provider", paramLabel = "KIND", required = true, description = "The kind of storage.")
    private String provider = "";

    @Mixin
    private final SecretOptions secrets = new SecretOptions();

    @Option(names = "--json", description = "Print what was saved as one JSON object, secrets hidden.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public CredentialAddCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME", description = "What to call it: letters, digits, and . _ + @ - between them.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        Credentials credentials = context.services().credentials();
        if (credentials.list().stream().anyMatch(one -> one.name().equals(name))) {
            throw new UsageException("Want a new name but there is a credential '%s' already".formatted(name));
        }
        SettingChanges values = secrets.complete(credentials.kinds().settings(provider), context);
        Credential made = credentials.add(name, provider, values);
        TaskText.audit(context, "credential.create", "credential " + made.name(), made.provider());
        if (json) {
            context.console().out().line(CredentialText.json(made).toString());
        } else {
            context.console().out().line("Saved '%s'. Try it: skyferry credential verify %s".formatted(name, name));
        }
        return ExitCodes.SUCCESS;
    }
}
