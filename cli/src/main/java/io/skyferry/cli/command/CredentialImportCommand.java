package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.SecretOptions;
import io.skyferry.control.credential.RcloneImport;
import io.skyferry.control.json.Json;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry credential import`: takes over the remotes of rclone.
@Command(
        name = "import",
        abbreviateSynopsis = true,
        description = {
            "Save the remotes of an rclone.conf as credentials, as far as their kinds are known here.",
            "Names that are taken are left alone; each remote is told. Exit code 1: some were not saved."
        },
        footerHeading = "%nExamples:%n",
        footer = "  skyferry credential import ~/.config/rclone/rclone.conf")
public final class CredentialImportCommand implements Action {
    private final Context context;

    private String file = "";

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public CredentialImportCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "FILE", description = "An rclone.conf that is not encrypted.")
    void file(String given) {
        file = given;
    }

    @Override
    public int act() {
        List<RcloneImport.Outcome> outcomes =
                new RcloneImport(context.services().credentials()).run(SecretOptions.content(file));
        Output out = context.console().out();
        for (RcloneImport.Outcome one : outcomes) {
            out.line(json ? object(one) : words(one, out));
        }
        return outcomes.stream().allMatch(RcloneImport.Outcome::saved) ? ExitCodes.SUCCESS : ExitCodes.FAILED;
    }

    private static String object(RcloneImport.Outcome one) {
        return new Json()
                .put("name", one.name())
                .put("saved", one.saved())
                .put("words", one.words())
                .toString();
    }

    private static String words(RcloneImport.Outcome one, Output out) {
        String what = one.saved() ? "saved" : "not saved";
        return "%s: %s%s".formatted(out.name(one.name()), what, one.words().isEmpty() ? "" : "; " + one.words());
    }
}
