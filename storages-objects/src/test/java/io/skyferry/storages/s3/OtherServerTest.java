package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.Storage;
import io.skyferry.testkit.StorageContract;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A server that nothing is known of, that keeps no conditions and knows the first version of listings only; below a
/// prefix, with pages of a few keys.
class OtherServerTest extends StorageContract {
    private static final S3Rules RULES =
            S3Rules.AMAZON.with(S3Rules.Conditions.IGNORED).with(S3Rules.Lists.FIRST_ONLY);

    private Simulated simulated = new Simulated(RULES);

    @BeforeEach
    void start() {
        simulated.close();
        simulated = new Simulated(RULES);
    }

    @AfterEach
    void stop() {
        assertThat(simulated.server().complaints()).isEmpty();
        simulated.close();
    }

    /// Which version of listings the settings name.
    String lists() {
        return "1";
    }

    @Override
    protected Storage openEmpty() {
        simulated.server().put(Simulated.BUCKET, "pre fix/+/", new byte[0], Map.of());
        simulated.server().put(Simulated.BUCKET, "pre fix/+neighbour", new byte[1], Map.of());
        return simulated.open(
                7,
                S3Settings.MIN_PART,
                simulated.settings(
                        Simulated.BUCKET + "/pre fix/+",
                        S3Settings.PROVIDER,
                        "other",
                        S3Settings.LIST_VERSION,
                        lists()));
    }
}
