package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Services;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.BucketOptions;
import io.skyferry.cli.option.EncryptionOptions;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.Place;
import io.skyferry.control.credential.Verification;
import io.skyferry.control.json.Json;
import io.skyferry.control.run.StackWishes;
import io.skyferry.limits.Counted;
import io.skyferry.probe.Finding;
import io.skyferry.probe.ProbeReport;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry credential verify`: tries out what works on the live account.
@Command(
        name = "verify",
        abbreviateSynopsis = true,
        description = {
            "Try out on the live account what works: list, write, read, conditions, parts, times, delete.",
            "A few small files are made below a folder with a random name, and removed again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry credential verify nas",
            "  skyferry credential verify work:bucket/folder    # where the account has buckets",
            "  skyferry credential verify --json nas"
        })
public final class CredentialVerifyCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final BucketOptions buckets = new BucketOptions();

    @Mixin
    private final EncryptionOptions encryption = new EncryptionOptions();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public CredentialVerifyCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME[:PATH]", description = "A saved credential, or a place of it or of any kind.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        Place place = Place.parse(name.indexOf(':') < 0 && name.indexOf('/') < 0 ? name + ":" : name);
        Services services = context.services();
        encryption.expectUsed(List.of(place));
        ProbeReport report = Verification.of(
                encryption.spec(place, buckets.settings()), services.storages(StackWishes.AT_ONCE), services.probe());
        tell(services, place, report);
        if (json) {
            context.console().out().line(object(place, report).toString());
        } else {
            words(report);
        }
        return report.isRight() ? ExitCodes.SUCCESS : ExitCodes.FAILED;
    }

    /// What is known of a saved credential; what is tried out under no name raises no alert.
    private static void tell(Services services, Place place, ProbeReport report) {
        String name = place.provider();
        boolean saved = services.credentials().list().stream()
                .anyMatch(one -> one.name().equals(name));
        if (saved && report.refused()) {
            services.alertWatch().refused(name);
        } else if (saved && report.isRight()) {
            services.alertWatch().taken(name);
        }
    }

    private static Json object(Place place, ProbeReport report) {
        List<Json> findings = report.findings().stream()
                .map(one -> new Json()
                        .put("what", one.what())
                        .put("verdict", one.verdict().name().toLowerCase(Locale.ROOT))
                        .put("words", one.words()))
                .toList();
        return new Json()
                .put("place", place.text())
                .put("right", report.isRight())
                .put("findings", findings);
    }

    /// An account of buckets is no place to write to.
    private static String untried(ProbeReport report) {
        return report.onlyLooked()
                ? " Nothing was written: where the account has buckets, name one, as in NAME:BUCKET."
                : "";
    }

    private void words(ProbeReport report) {
        Output out = context.console().out();
        for (Finding finding : report.findings()) {
            String mark = switch (finding.verdict()) {
                case RIGHT -> "yes";
                case NOT_OFFERED -> " - ";
                case WRONG -> "NO ";
            };
            out.line("%s  %s: %s".formatted(mark, finding.what(), out.name(finding.words())));
        }
        int wrong = report.wrong().size();
        out.line(
                wrong == 0
                        ? "All is well." + untried(report)
                        : Counted.of(wrong, "thing is", "things are") + " not as it should be.");
    }
}
