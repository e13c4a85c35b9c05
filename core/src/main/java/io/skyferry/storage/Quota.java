package io.skyferry.storage;

import java.util.OptionalLong;

/// Space, in bytes, as far as the storage tells.
public record Quota(OptionalLong total, OptionalLong used, OptionalLong free) {}
