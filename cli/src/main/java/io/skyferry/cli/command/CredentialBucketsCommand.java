package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.credential.CredentialName;
import io.skyferry.control.json.Json;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.task.Directories;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry credential buckets`: the buckets of an account, or a new one.
@Command(
        name = "buckets",
        abbreviateSynopsis = true,
        description = {
            "List the buckets of an account, or make one.",
            "The name of a new one is checked before the account is asked."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry credential buckets work", "  skyferry credential buckets work --make photos-2026"})
public final class CredentialBucketsCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--make", paramLabel = "BUCKET", description = "Make this one.")
    private @Nullable String wanted;

    @Option(names = "--json", description = "Print JSON, an object a line.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public CredentialBucketsCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME", description = "A saved credential.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        long credential = context.services()
                .credentials()
                .get(CredentialName.withoutColon(name))
                .id();
        var directories = new Directories(
                context.services().database(),
                context.services().tasks(),
                context.services().credentials(),
                context.services().storages(StackWishes.AT_ONCE),
                context.services().encryption(),
                context.services().clock());
        if (wanted != null) {
            directories.makeBucket(credential, wanted, TaskText.caller());
        }
        Output out = context.console().out();
        List<String> shown = wanted == null ? directories.buckets(credential, TaskText.caller()) : List.of(wanted);
        shown.forEach(bucket -> out.line(json ? new Json().put("name", bucket).toString() : out.name(bucket)));
        return ExitCodes.SUCCESS;
    }
}
