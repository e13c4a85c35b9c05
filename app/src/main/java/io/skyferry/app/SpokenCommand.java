package io.skyferry.app;

import java.util.List;
import java.util.Locale;

/// What the user called, as others are told who wait for what it works on: without what may be secret.
final class SpokenCommand {
    private static final String HIDDEN = "***";
    private static final List<String> SECRET_WORDS = List.of("secret", "pass", "token", "key", "--set");

    private SpokenCommand() {}

    static String of(List<String> args) {
        var spoken = new StringBuilder("skyferry");
        boolean hides = false;
        for (String argument : args) {
            boolean isOption = argument.startsWith("-");
            int equals = argument.indexOf('=');
            boolean isSecret = isOption && isSecret(equals < 0 ? argument : argument.substring(0, equals));
            if (hides && !isOption) {
                spoken.append(' ').append(HIDDEN);
            } else if (isSecret && equals >= 0) {
                spoken.append(' ').append(argument, 0, equals + 1).append(HIDDEN);
            } else {
                spoken.append(' ').append(argument);
            }
            hides = isSecret && equals < 0;
        }
        return spoken.toString();
    }

    private static boolean isSecret(String option) {
        String name = option.toLowerCase(Locale.ROOT);
        for (String word : SECRET_WORDS) {
            if (name.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
