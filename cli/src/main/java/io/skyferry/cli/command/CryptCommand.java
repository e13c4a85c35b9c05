package io.skyferry.cli.command;

import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry crypt`: single names and files in rclone's encryption.
@Command(
        name = "crypt",
        abbreviateSynopsis = true,
        description = {
            "Encrypt and decrypt single names and files as rclone's crypt does.",
            "Whole folders are places of every command: 'crypt:PLACE' with --crypt-password-file."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry crypt encode --password-file p.txt letters/a.txt",
            "  skyferry crypt decode --password-file p.txt s83tjtk0e6aogosoteqti6f544",
            "  skyferry crypt cat --password-file p.txt /mnt/backup/fg39po8aoj3jkjq21hnvlgp8s4",
            "  skyferry sync --crypt-password-file p.txt ~/Documents crypt:/mnt/backup"
        })
public final class CryptCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// The commands below are added to it.
    public CryptCommand() {}
}
