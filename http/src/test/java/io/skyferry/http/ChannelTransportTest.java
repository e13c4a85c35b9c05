package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class ChannelTransportTest extends HttpTransportContract {
    ChannelTransportTest(@TempDir Path folder) {
        super(settings -> new ChannelTransport(settings, System::nanoTime), Set.of(), folder);
    }

    @Override
    void isLeftClean(HttpTransport transport) {
        assertThat(((ChannelTransport) transport).connections()).isZero();
    }
}
