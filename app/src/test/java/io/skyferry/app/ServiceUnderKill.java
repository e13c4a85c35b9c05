package io.skyferry.app;

import io.skyferry.control.runs.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A service in a process of its own, on a machine whose file systems are made up.
final class ServiceUnderKill {
    private ServiceUnderKill() {}

    /// What a shell would be given to start it.
    ///
    /// @param begun a file that is made when it does runs
    static List<String> command(Path home, Path mountTable, Path begun) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ServiceUnderKill.class.getName(),
                home.toString(),
                mountTable.toString(),
                begun.toString());
    }

    /// Runs until it is told to end.
    public static void main(String... arguments) throws IOException {
        var services = new AppServices(new Home(Path.of(arguments[0])), "test", Path.of(arguments[1]));
        Service service = services.service(services.alertWatch());
        service.start("");
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            service.close();
            services.close();
        }));
        Files.createFile(Path.of(arguments[2]));
        while (System.in.read() >= 0) {
            // Until the input ends.
        }
    }
}
