package io.skyferry.layers;

import io.skyferry.storage.Content;
import io.skyferry.storage.StorageException.Where;
import java.util.function.Function;
import java.util.function.Supplier;

/// The way down of a content, which a layer looks at inside each attempt.
///
/// @param step takes the content as the layer shows it
record ContentStep<R>(Interceptor layer, Where where, Content content, Function<Content, R> step)
        implements Supplier<R> {
    @Override
    public R get() {
        return step.apply(layer.writing(where, content));
    }
}
