package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.setting.Settings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry config set`: changes a setting.
@Command(
        name = "set",
        abbreviateSynopsis = true,
        description = "Change a setting.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry config set allowed-folders /srv /mnt/tank", "  skyferry config set max-runs 8"})
public final class ConfigSetCommand implements Action {
    private final Context context;

    private List<String> words = List.of();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public ConfigSetCommand(Context context) {
        this.context = context;
    }

    @Parameters(arity = "2..*", paramLabel = "NAME VALUE", description = "A setting, and what it is to be.")
    void words(List<String> given) {
        words = List.copyOf(given);
    }

    @Override
    public int act() {
        Settings settings = context.services().settings();
        Settings.Name setting = Settings.Name.of(words.getFirst());
        settings.set(setting, String.join("\n", words.subList(1, words.size())), TaskText.caller());
        context.console().out().line("Set %s.".formatted(setting.key()));
        return ExitCodes.SUCCESS;
    }
}
