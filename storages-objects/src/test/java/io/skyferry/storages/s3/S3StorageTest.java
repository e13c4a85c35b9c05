package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.Storage;
import io.skyferry.testkit.StorageContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class S3StorageTest extends StorageContract {
    private Simulated simulated = new Simulated(S3Rules.AMAZON);

    @BeforeEach
    void start() {
        simulated.close();
        simulated = new Simulated(S3Rules.AMAZON);
    }

    @AfterEach
    void stop() {
        assertThat(simulated.server().complaints()).isEmpty();
        simulated.close();
    }

    @Override
    protected Storage openEmpty() {
        return simulated.open(Simulated.BUCKET, settings());
    }

    /// Names and values of the settings that the contract is shown with.
    String[] settings() {
        return new String[0];
    }
}
