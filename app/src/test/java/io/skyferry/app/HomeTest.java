package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {
    private static Path home(Map<String, String> environment, String system) {
        return Home.of(environment, system, "/users/me").folder();
    }

    @Test
    void variableComesFirst() {
        assertThat(home(Map.of("SKYFERRY_HOME", "/srv/ferry", "XDG_STATE_HOME", "/x"), "Linux"))
                .isEqualTo(Path.of("/srv/ferry"));
        assertThat(home(Map.of("SKYFERRY_HOME", "ferry"), "Linux")).isAbsolute();
    }

    @Test
    void eachPlatformHasItsUsualPlace() {
        assertThat(home(Map.of("HOME", "/root"), "Linux")).isEqualTo(Path.of("/root/.local/state/skyferry"));
        assertThat(home(Map.of("HOME", "/root", "XDG_STATE_HOME", "/x"), "Linux"))
                .isEqualTo(Path.of("/x/skyferry"));
        assertThat(home(Map.of("HOME", "/Users/a"), "Mac OS X"))
                .isEqualTo(Path.of("/Users/a/Library/Application Support/Skyferry"));
        assertThat(home(Map.of("LOCALAPPDATA", "/c/local"), "Windows 11")).isEqualTo(Path.of("/c/local/Skyferry"));
    }

    @Test
    void emptyAndRelativeVariablesAreIgnored() {
        assertThat(home(Map.of("SKYFERRY_HOME", "", "XDG_STATE_HOME", "here", "HOME", ""), "Linux"))
                .isEqualTo(Path.of("/users/me/.local/state/skyferry"));
    }
}
