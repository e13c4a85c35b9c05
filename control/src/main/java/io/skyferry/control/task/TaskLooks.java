package io.skyferry.control.task;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.run.Browser;
import io.skyferry.control.run.FilterPreview;
import io.skyferry.control.run.NewDirectories;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.setting.Settings;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.filter.Filter;
import io.skyferry.limits.SpecException;
import io.skyferry.storage.Entry;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// What a person looks at who fills in a task: folders of this machine and of an account, buckets, and which
/// files the filters let through. An operator may; folders of this machine are shown as far as tasks may
/// work in them.
public final class TaskLooks {
    private final Credentials credentials;
    private final Settings settings;
    private final StorageOpener opener;
    private final InstantSource clock;
    private final ZoneId zone;

    /// Opens by this; a person waits, so that [io.skyferry.control.run.StackWishes#AT_ONCE] suits.
    public TaskLooks(
            Credentials credentials, Settings settings, StorageOpener opener, InstantSource clock, ZoneId zone) {
        this.credentials = credentials;
        this.settings = settings;
        this.opener = opener;
        this.clock = clock;
        this.zone = zone;
    }

    /// The folders of this machine below which tasks may work.
    public List<String> topFolders(Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        return settings.allowedFolders().stream().map(Path::toString).sorted().toList();
    }

    /// What lies directly in a folder of this machine, by name.
    ///
    /// @throws InvalidException if tasks may not work there
    /// @throws io.skyferry.storage.StorageException if it cannot be listed
    public List<Entry> local(String folder, Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        allow("path", folder);
        return children(new StorageSpec("local", Map.of(Places.ROOT_SETTING, folder)));
    }

    private void allow(String field, String folder) {
        new AllowedFolders(settings.allowedFolders()).fault(folder).ifPresent(fault -> {
            throw new InvalidException(field, fault);
        });
    }

    private List<Entry> children(StorageSpec place) {
        return new Browser(opener).children(place, new CancelFlag());
    }

    /// What lies directly in a folder at a task's account, as the account names it: a task's folder is told
    /// so, also where names in it are encrypted.
    ///
    /// @param work as [Tasks#sketch] makes it
    /// @throws io.skyferry.storage.StorageException if it cannot be listed
    public List<Entry> remote(TaskWork work, String folder, Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        allowRemote(work, folder);
        return children(work.remote(folder).under(List.of()));
    }

    /// What lies directly in a folder of a task's source, by its plain name.
    ///
    /// @param work as [Tasks#sketch] makes it
    /// @param folder below the source; empty: the source itself
    /// @throws io.skyferry.storage.StorageException if it cannot be listed
    public List<Entry> source(TaskWork work, String folder, Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        return new Browser(opener).below(source(work), folder, new CancelFlag());
    }

    private StorageSpec source(TaskWork work) {
        if (work.fields().direction() == Direction.PUSH) {
            allow("path", work.fields().path());
            return work.local(work.fields().path());
        }
        allowRemote(work, work.fields().attributes().getOrDefault("folder", ""));
        return work.remote();
    }

    /// An account that is a folder of this machine shows no more of it than tasks may see.
    private void allowRemote(TaskWork work, String folder) {
        Credential credential = credentials.get(work.credential());
        if (credential.provider().equals("local")) {
            String base = credential.settings().getOrDefault(Places.ROOT_SETTING, "");
            String joined = base.isEmpty() ? folder : folder.isEmpty() ? base : base + "/" + folder;
            allow("attributes.folder", joined);
        }
    }

    /// The buckets of an account, by name.
    ///
    /// @throws NotFoundException if there is no such credential
    /// @throws io.skyferry.storage.StorageException if they cannot be listed
    public List<String> buckets(long credential, Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        Credential account = account(credential);
        return children(new StorageSpec(account.name(), Map.of(Places.ROOT_SETTING, ""))).stream()
                .filter(entry -> entry instanceof Entry.Directory)
                .map(entry -> entry.path().text())
                .toList();
    }

    /// Makes a bucket; one of this name that the account has already is fine.
    ///
    /// @throws InvalidException if no bucket can be called so
    /// @throws NotFoundException if there is no such credential
    public void makeBucket(long credential, String name, Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new InvalidException("attributes.bucket", "Want the name of a bucket but have '%s'".formatted(name));
        }
        new NewDirectories(opener).make(new StorageSpec(account(credential).name(), Map.of(Places.ROOT_SETTING, name)));
    }

    private Credential account(long credential) {
        return credentials
                .find(credential)
                .orElseThrow(() ->
                        new NotFoundException("Want the number of a credential but have '%s'".formatted(credential)));
    }

    /// Which of the first files of a task's source pass, and what decides.
    ///
    /// @param work as [Tasks#sketch] makes it
    /// @throws InvalidException if a pattern cannot be read
    /// @throws io.skyferry.storage.StorageException if the source cannot be listed
    public FilterPreview preview(TaskWork work, FilterPreview.Depth depth, Caller caller) {
        Tasks.expect(caller, Role.OPERATOR);
        Filter filter = filter(work);
        try (Storage storage = opener.open(source(work))) {
            return FilterPreview.of(storage, filter, depth, new CancelFlag());
        }
    }

    private Filter filter(TaskWork work) {
        try {
            return work.selection(clock.instant().atZone(zone));
        } catch (SpecException wrong) {
            var invalid = new InvalidException("exclude", String.valueOf(wrong.getMessage()));
            invalid.initCause(wrong);
            throw invalid;
        } catch (IllegalArgumentException wrong) {
            var invalid = new InvalidException("args", String.valueOf(wrong.getMessage()));
            invalid.initCause(wrong);
            throw invalid;
        }
    }
}
