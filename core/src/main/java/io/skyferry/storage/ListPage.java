package io.skyferry.storage;

import java.util.List;
import java.util.Optional;

/// One page of a listing: the unit of retry, pacing and checkpoint.
///
/// @param next the token that the next page is asked for with; empty: this was the last
public record ListPage(List<Entry> entries, Optional<String> next) {}
