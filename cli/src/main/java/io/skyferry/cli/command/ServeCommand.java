package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Services;
import io.skyferry.cli.Serving;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.console.OutputClosedException;
import io.skyferry.cli.log.LogTarget;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.UsageException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry serve`: the service.
@Command(
        name = "serve",
        abbreviateSynopsis = true,
        description = {
            "Run saved tasks by their schedules, and answer requests, until told to stop.",
            "The first start prints a link that makes the first user."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry serve",
            "  skyferry serve --listen 0.0.0.0:8443                 # with a certificate that it makes for itself",
            "  skyferry serve --listen nas.example:8443 --tls-cert nas.pem --tls-key nas.key"
        })
public final class ServeCommand implements Action {
    private static final String USUAL = "127.0.0.1:8766";
    private final Context context;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where to listen; " + USUAL + " unless said otherwise. Port 0 is any that is free.")
    private String listen = USUAL;

    @Option(names = "--home", paramLabel = "DIR", description = "The folder for everything, instead of SKYFERRY_HOME.")
    private @Nullable Path home;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "A certificate of your own, in PEM.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, in PEM, without a password.")
    private @Nullable Path key;

    @Option(
            names = "--no-tls",
            description = "Listen without TLS where others can reach it: for a proxy that does TLS itself.")
    private boolean noTls;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    /// A command in this context.
    public ServeCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Serving.Wishes wishes = wishes();
        Services services =
                home == null ? context.services() : context.services().at(home.toAbsolutePath());
        Output out = context.console().out();
        try (LogTarget _ = LogTarget.open(general, context, "serve", this::told);
                Serving.Running running = services.serving().start(wishes)) {
            out.line("Skyferry listens on " + running.url());
            running.words().forEach(out::line);
            context.console().flush();
            running.await();
            return ExitCodes.SUCCESS;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitCodes.INTERRUPTED;
        }
    }

    /// A service is watched by what it says: at once, and it goes on where nobody listens.
    private void told(String line) {
        Output err = context.console().err();
        try {
            err.line(line);
            err.flush();
        } catch (OutputClosedException _) {
            // Nobody reads the log any more: there is nowhere to say so.
        }
    }

    private Serving.Wishes wishes() {
        int colon = listen.lastIndexOf(':');
        String port = listen.substring(colon + 1);
        boolean fits = colon > 0 && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65_535;
        if (!fits) {
            throw new UsageException("Want HOST:PORT for --listen but have '%s'".formatted(listen));
        }
        String host = listen.substring(0, colon);
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        return new Serving.Wishes(
                isBracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port), encryption());
    }

    private Serving.Encryption encryption() {
        if (certificate != null && key != null && !noTls) {
            return new Serving.Encryption.Own(certificate, key);
        }
        if (certificate != null || key != null) {
            throw new UsageException("Want --tls-cert and --tls-key together, and not --no-tls");
        }
        return noTls ? new Serving.Encryption.Plain() : new Serving.Encryption.Usual();
    }
}
