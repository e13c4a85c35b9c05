package io.skyferry.server.web.tasks;

import io.skyferry.server.web.TableQuery;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The list of tasks.
///
/// @param rows of this page of it
/// @param found how many fit the search
/// @param all how many there are
public record TaskListPage(List<TaskRow> rows, TableQuery query, Set<Column> columns, long found, long all) {
    /// Makes the collections unchangeable.
    public TaskListPage {
        rows = List.copyOf(rows);
        columns = Collections.unmodifiableSet(EnumSet.copyOf(columns));
    }

    /// Whether a column is shown.
    public boolean shows(Column column) {
        return columns.contains(column);
    }

    /// A row of this list by itself.
    public RowPart part(TaskRow row) {
        return new RowPart(row, columns);
    }

    /// A row, for its table or to take its place in it.
    public record RowPart(TaskRow row, Set<Column> columns) {
        /// Makes the set unchangeable.
        public RowPart {
            columns = Collections.unmodifiableSet(EnumSet.copyOf(columns));
        }

        /// Whether a column is shown.
        public boolean shows(Column column) {
            return columns.contains(column);
        }
    }
}
