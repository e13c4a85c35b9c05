package io.skyferry.server.web.tasks;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A column of the list of tasks. Source: TrueNAS's list, its columns and which of them are shown at first.
public enum Column {
    /// What it is called.
    DESCRIPTION("Description"),
    /// Its account.
    CREDENTIAL("Credential"),
    /// Push or pull.
    DIRECTION("Direction"),
    /// Copy, sync or move.
    TRANSFER_MODE("Transfer Mode"),
    /// The local folder.
    PATH("Path"),
    /// The five fields.
    SCHEDULE("Schedule"),
    /// The schedule in words.
    FREQUENCY("Frequency"),
    /// When it is due.
    NEXT_RUN("Next Run"),
    /// When it ran.
    LAST_RUN("Last Run"),
    /// Whether its schedule counts.
    ENABLED("Enabled"),
    /// What became of the newest run.
    STATE("State");

    private static final Set<Column> FIRST = EnumSet.of(DESCRIPTION, FREQUENCY, NEXT_RUN, LAST_RUN, ENABLED, STATE);

    private final String title;

    Column(String title) {
        this.title = title;
    }

    /// Above the column.
    public String title() {
        return title;
    }

    /// In addresses.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one of this key.
    static Optional<Column> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }

    /// Those that somebody chose, as [#text] wrote them; the usual ones where nobody did.
    static Set<Column> read(String text) {
        Set<Column> chosen = EnumSet.noneOf(Column.class);
        for (String key : List.of(text.split("-", -1))) {
            of(key).ifPresent(chosen::add);
        }
        if (chosen.isEmpty()) {
            return EnumSet.copyOf(FIRST);
        }
        chosen.add(DESCRIPTION);
        return chosen;
    }

    static String text(Set<Column> columns) {
        return columns.stream().map(Column::key).collect(Collectors.joining("-"));
    }
}
