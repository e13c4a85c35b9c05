package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.credential.Kinds;
import io.skyferry.control.json.Json;
import io.skyferry.storage.StorageProvider.Kind;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry credential providers`: the kinds of storage and their settings.
@Command(
        name = "providers",
        abbreviateSynopsis = true,
        description = {"List the kinds of storage that a credential can be for, or the settings of one."},
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry credential providers", "  skyferry credential providers local"})
public final class CredentialProvidersCommand implements Action {
    private final Context context;

    private @Nullable String kind;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public CredentialProvidersCommand(Context context) {
        this.context = context;
    }

    @Parameters(arity = "0..1", paramLabel = "KIND", description = "Show the settings of this kind.")
    void kind(String given) {
        kind = given;
    }

    @Override
    public int act() {
        Kinds kinds = context.services().credentials().kinds();
        Output out = context.console().out();
        if (kind == null) {
            kinds.keys()
                    .forEach(key ->
                            out.line(json ? new Json().put("provider", key).toString() : key));
            return ExitCodes.SUCCESS;
        }
        for (Setting setting : kinds.settings(kind).values()) {
            if (json) {
                out.line(object(setting).toString());
            } else {
                out.line("%s%s".formatted(setting.name(), traits(setting)));
                out.line("    %s".formatted(setting.help()));
            }
        }
        return ExitCodes.SUCCESS;
    }

    private static String traits(Setting setting) {
        List<String> traits = new ArrayList<>();
        if (setting.required()) {
            traits.add("needed");
        }
        if (setting.secret()) {
            traits.add("secret");
        }
        if (!(setting.kind() instanceof Kind.Line)) {
            traits.add(setting.kind().words());
        }
        if (!setting.usual().isEmpty()) {
            traits.add("usually " + setting.usual());
        }
        return traits.isEmpty() ? "" : " (" + String.join("; ", traits) + ")";
    }

    private static Json object(Setting setting) {
        return new Json()
                .put("name", setting.name())
                .put("label", setting.label())
                .put("help", setting.help())
                .put("required", setting.required())
                .put("secret", setting.secret())
                .put("takes", setting.kind().words())
                .put("usual", setting.usual());
    }
}
