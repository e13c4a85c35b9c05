package io.skyferry.engine.world;

import io.skyferry.layers.Call;
import io.skyferry.layers.Interceptor;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.Optional;

/// Notes what the engine is shown of a place: the outermost layer.
final class Eyes implements Interceptor {
    private final Place place;
    private final Watch watch;
    private final Moments moments;
    private final Parts parts;

    Eyes(Place place, Watch watch, Moments moments, Parts parts) {
        this.place = place;
        this.watch = watch;
        this.moments = moments;
        this.parts = parts;
    }

    @Override
    public <R> R around(Call<R> call) {
        moments.lock.lock();
        try {
            R answer = call.proceed();
            switch (answer) {
                case ListPage page -> page.entries().forEach(this::see);
                case Entry entry -> see(entry);
                case Optional<?> found
                when found.isPresent() && found.orElseThrow() instanceof Entry entry -> see(entry);
                case null, default -> {}
            }
            return answer;
        } catch (StorageException failure) {
            if (call.where().verb() == Verb.LIST && failure.kind() != ErrorKind.NOT_FOUND) {
                watch.incomplete();
            }
            if (call.where().verb() == Verb.FINISH_UPLOAD) {
                parts.refused(place.name, call.where().path());
            }
            throw failure;
        } finally {
            moments.lock.unlock();
        }
    }

    private void see(Entry entry) {
        if (entry instanceof Entry.File file) {
            watch.saw(place, file);
        } else if (entry instanceof Entry.Unlisted) {
            watch.incomplete();
        }
    }
}
