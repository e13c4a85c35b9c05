package io.skyferry.engine.world;

import io.skyferry.layers.Call;
import io.skyferry.layers.Interceptor;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Notes what the engine is shown of a place: the outermost layer.
final class Eyes implements Interceptor {
    /// What may keep an upload from ever becoming a file; all else may pass.
    private static final Set<ErrorKind> NEVER_A_FILE = EnumSet.of(
            ErrorKind.PRECONDITION_FAILED,
            ErrorKind.ALREADY_EXISTS,
            ErrorKind.NOT_FOUND,
            ErrorKind.CORRUPT,
            ErrorKind.CONTENT_REJECTED,
            ErrorKind.TOO_LARGE,
            ErrorKind.NAME_REJECTED);

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
                case ListPage page -> page.entries().forEach(this::seeListed);
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
            if (call.where().verb() == Verb.FINISH_UPLOAD && NEVER_A_FILE.contains(failure.kind())) {
                parts.refused(place.name, call.where().path());
            }
            throw failure;
        } finally {
            moments.lock.unlock();
        }
    }

    private void seeListed(Entry entry) {
        see(entry);
        if (entry instanceof Entry.File file) {
            watch.listed(place, file);
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
