package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.Channels;
import io.skyferry.control.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry alert channel`: where alerts go.
@Command(
        name = "channel",
        abbreviateSynopsis = true,
        description = "Have alerts go somewhere, or show where they go.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry alert channel",
            "  skyferry alert channel add ops --kind webhook --set url=https://ops.example/hook --secret-file key.txt",
            "  skyferry alert channel add mail --kind mail --set host=smtp.example --set from=nas@example.org --set to=me@example.org",
            "  skyferry alert channel remove ops"
        })
public final class AlertChannelCommand implements Action {
    private final Context context;

    private List<String> words = List.of();

    @Option(names = "--kind", paramLabel = "KIND", description = "mail, webhook or command.")
    private String kind = "";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of the channel.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "Holds the password of the mail server, or the key that signs webhooks, in its first line.")
    private @Nullable Path secret;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public AlertChannelCommand(Context context) {
        this.context = context;
    }

    @Parameters(arity = "0..2", paramLabel = "add|remove NAME", description = "What to do, and with which channel.")
    void words(List<String> given) {
        words = given;
    }

    @Override
    public int act() {
        Channels channels = context.services().channels();
        Output out = context.console().out();
        switch (words.size() == 2 ? words.getFirst() : words.isEmpty() ? "list" : "") {
            case "list" ->
                channels.list()
                        .forEach(one -> out.line(
                                json
                                        ? json(one)
                                        : "%s  %s  %s%s"
                                                .formatted(
                                                        out.name(one.name()),
                                                        one.kind(),
                                                        one.settings(),
                                                        one.problem()
                                                                .map("  Does not arrive: %s"::formatted)
                                                                .orElse(""))));
            case "add" -> {
                var _ = channels.add(new Channels.Wish(words.getLast(), kind(), settings, secret()), TaskText.caller());
            }
            case "remove" -> channels.remove(words.getLast(), TaskText.caller());
            default ->
                throw new UsageException(
                        "Want 'add NAME', 'remove NAME' or nothing but have '%s'".formatted(String.join(" ", words)));
        }
        return ExitCodes.SUCCESS;
    }

    private static String json(Channel channel) {
        var settings = new Json();
        channel.settings().forEach(settings::put);
        var all = new Json()
                .put("name", channel.name())
                .put("kind", channel.kind().name())
                .put("settings", settings);
        channel.problem().ifPresent(problem -> all.put("problem", problem));
        return all.toString();
    }

    private Channel.Kind kind() {
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "mail" -> Channel.Kind.MAIL;
            case "webhook" -> Channel.Kind.WEBHOOK;
            case "command" -> Channel.Kind.COMMAND;
            default ->
                throw new UsageException("Want mail, webhook or command as --kind but have '%s'".formatted(kind));
        };
    }

    private String secret() {
        if (secret == null) {
            return "";
        }
        try {
            return Files.readString(secret, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException unreadable) {
            var refused = new UsageException("Want to read the secret from '%s' but cannot".formatted(secret));
            refused.initCause(unreadable);
            throw refused;
        }
    }
}
