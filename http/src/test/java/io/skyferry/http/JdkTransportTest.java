package io.skyferry.http;

import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.io.TempDir;

class JdkTransportTest extends HttpTransportContract {
    JdkTransportTest(@TempDir Path folder) {
        super(settings -> new JdkTransport(settings, System::nanoTime), EnumSet.allOf(Laxity.class), folder);
    }
}
