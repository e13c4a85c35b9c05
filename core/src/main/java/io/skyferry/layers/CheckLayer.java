package io.skyferry.layers;

import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import java.util.Locale;
import java.util.Optional;

/// Refuses what the storage below does not declare, before anything is sent.
public final class CheckLayer implements Layer {
    @Override
    public Storage over(Storage inner) {
        return new InterceptedStorage(inner, new Check(inner));
    }

    private record Check(Storage inner) implements Interceptor {
        @Override
        public <R> R around(Call<R> call) {
            if (!inner.capabilities().can(call.where().verb())) {
                throw StorageException.noEffect(
                        ErrorKind.UNSUPPORTED,
                        call.where(),
                        "Want a storage that can '%s' but %s cannot"
                                .formatted(
                                        call.where()
                                                .verb()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                        inner.displayName()));
            }
            return call.proceed();
        }

        @Override
        public Content writing(Where where, Content content) {
            Capabilities.Limits limits = inner.capabilities().limits();
            Optional<String> refusal = limits.refusal(where.path());
            if (refusal.isPresent()) {
                throw StorageException.noEffect(ErrorKind.NAME_REJECTED, where, refusal.orElseThrow());
            }
            if (content.size().isPresent() && content.size().orElseThrow() > limits.maxFileBytes()) {
                throw StorageException.noEffect(
                        ErrorKind.TOO_LARGE,
                        where,
                        "Want at most %s bytes but have %s"
                                .formatted(limits.maxFileBytes(), content.size().orElseThrow()));
            }
            return content;
        }
    }
}
