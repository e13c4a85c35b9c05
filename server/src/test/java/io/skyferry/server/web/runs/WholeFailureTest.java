package io.skyferry.server.web.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WholeFailureTest {
    @Test
    void runThatCouldNotBeginIsToldWhatHelpsAndNotOnlyToReadTheLog() {
        assertThat(ErrorCauses.ofWhole("Directory '/srv/music' does not exist")).contains("disk", "edit the task");
        assertThat(ErrorCauses.ofWhole("The key was not let in. The server answered 403 InvalidAccessKeyId"))
                .contains("Edit the credential", "Verify Credential");
        assertThat(ErrorCauses.ofWhole("It went wrong")).contains("log below");
    }
}
