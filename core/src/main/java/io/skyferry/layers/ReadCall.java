package io.skyferry.layers;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.StorageException.Where;
import java.util.function.Function;

/// A read whose body is on its way, as an [Interceptor] sees it.
///
/// @param where what is read, told in the caller's names
/// @param range what was asked for
/// @param open opens the same version again, at another range
public record ReadCall(Where where, ByteRange range, Function<ByteRange, Body> open) {}
