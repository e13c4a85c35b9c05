package io.skyferry.layers;

import io.skyferry.storage.Body;
import io.skyferry.storage.Content;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.StorageException.Where;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A concern that is blind to the verb: retry, pace, observe, fault. [InterceptedStorage] puts it over a
/// storage.
public interface Interceptor {
    /// May make the call never, once or many times.
    <R> R around(Call<R> call);

    /// Deletes many in one call; the answers come in the order asked.
    default List<DeleteResult> aroundMany(
            Where where, List<Entry.File> files, Function<List<Entry.File>, List<DeleteResult>> step) {
        return around(new Call<>(where, Call.Repetition.ANY_TIME, () -> step.apply(files)));
    }

    /// Sees bytes going out; may open the same version again at an offset.
    default Body reading(ReadCall call, Body body) {
        return body;
    }

    /// A call that takes content along: a whole file or one part.
    default <R> R aroundContent(Where where, Call.Repetition repetition, Content content, Function<Content, R> step) {
        return around(new Call<>(where, repetition, new ContentStep<>(this, where, content, step)));
    }

    /// Sees bytes going in; asked inside each attempt.
    default Content writing(Where where, Content content) {
        return content;
    }

    /// Where others may fetch bytes past this layer; a layer that must see every byte says nowhere.
    default Optional<Content.Origin> fetching(Optional<Content.Origin> origin) {
        return origin;
    }
}
