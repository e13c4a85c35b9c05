package io.skyferry.app;

import io.skyferry.control.credential.Kinds;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.layers.BandwidthGate;
import io.skyferry.layers.BandwidthInterceptor;
import io.skyferry.layers.CallRateInterceptor;
import io.skyferry.layers.Interceptor;
import io.skyferry.layers.Pace;
import io.skyferry.layers.PaceInterceptor;
import io.skyferry.layers.RequestCounts;
import io.skyferry.layers.RetryInterceptor;
import io.skyferry.layers.RetryPolicy;
import io.skyferry.layers.StorageStack;
import io.skyferry.layers.StorageStack.Place;
import io.skyferry.layers.ThreadSleeper;
import io.skyferry.layers.TimeoutInterceptor;
import io.skyferry.layers.Watchdog;
import io.skyferry.layers.WatchdogThread;
import io.skyferry.limits.BandwidthLimit;
import io.skyferry.limits.BandwidthSchedule;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Verb;
import io.skyferry.storages.local.LocalProvider;
import io.skyferry.storages.s3.S3Provider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Opens the storages of one run with all layers; those of one run share their counts and their bandwidth.
final class LayeredStorages implements StorageOpener {
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_EACH = Duration.ofSeconds(1);
    private static final int MOST_CALLS = 64;

    /// Replies get lost on the way, and servers ask to come again: what is one attempt on a disk is several over a
    /// network.
    private static final int ATTEMPTS_OVER_NETWORK = 4;

    private static final List<Supplier<StorageProvider>> OWN = List.of(LocalProvider::new, S3Provider::new);

    private final StackWishes wishes;
    private final UnaryOperator<StorageSpec> named;
    private final Supplier<EncryptionLayers> encryption;
    private final RequestCounts counts = new RequestCounts();
    private final BandwidthInterceptor bandwidth;
    private final boolean limited;
    private final Interceptor diskBandwidth;
    private volatile boolean hasAccount;
    private final Optional<CallRateInterceptor> callRate;

    /// Gates that others pass too.
    record Shared(BandwidthGate upload, BandwidthGate download) {}

    /// @param shared empty: the runs of others are no concern of this one
    /// @param named turns a spec whose provider is the name of a credential into that credential's
    LayeredStorages(
            StackWishes wishes,
            Optional<Shared> shared,
            UnaryOperator<StorageSpec> named,
            Supplier<EncryptionLayers> encryption,
            InstantSource clock) {
        this.wishes = wishes;
        this.named = named;
        this.encryption = encryption;
        List<BandwidthGate> uploads = new ArrayList<>();
        List<BandwidthGate> downloads = new ArrayList<>();
        if (!wishes.bandwidth().isUnlimited()) {
            uploads.add(gate(wishes.bandwidth(), BandwidthLimit::upload, clock));
            downloads.add(gate(wishes.bandwidth(), BandwidthLimit::download, clock));
        }
        shared.ifPresent(gates -> {
            uploads.add(gates.upload());
            downloads.add(gates.download());
        });
        this.limited = !uploads.isEmpty();
        this.bandwidth = new BandwidthInterceptor(uploads, downloads);
        this.diskBandwidth = new DiskBandwidth(bandwidth, () -> hasAccount);
        this.callRate = wishes.calls()
                .map(calls -> new CallRateInterceptor(
                        calls.perSecond(), calls.burst(), System::nanoTime, new ThreadSleeper()));
    }

    private static BandwidthGate gate(
            BandwidthSchedule schedule, Function<BandwidthLimit, OptionalLong> direction, InstantSource clock) {
        LongSupplier rate = new ScheduledRate(() -> schedule, direction, clock, System::nanoTime);
        return new BandwidthGate(rate, System::nanoTime, new ThreadSleeper());
    }

    @Override
    public Storage open(StorageSpec wanted) {
        StorageSpec spec = stored(wanted);
        Storage adapter = opened(provider(spec.provider()).orElseThrow(), spec);
        boolean isHere = adapter.identity().isHere();
        if (!isHere) {
            hasAccount = true;
        }
        RetryPolicy policy = policy(adapter);
        StorageStack stack = StorageStack.over(adapter)
                .intercept(Place.COUNT, counts)
                .intercept(
                        Place.RETRY,
                        new RetryInterceptor(
                                policy,
                                new ThreadSleeper(),
                                () -> ThreadLocalRandom.current().nextDouble(),
                                new LongWaits(() -> System.getLogger(LongWaits.class.getName()), System::nanoTime)));
        if (limited) {
            stack.intercept(Place.BANDWIDTH, isHere ? diskBandwidth : bandwidth);
        }
        // A disk of this machine has no account that could be paced, and no call on it can be interrupted.
        if (!isHere) {
            var watchdog = new Watchdog(System::nanoTime);
            new WatchdogThread(watchdog, LOOK_EACH);
            stack.intercept(
                            Place.PACE,
                            new PaceInterceptor(new Pace(MOST_CALLS, System::nanoTime, new ThreadSleeper())))
                    .intercept(Place.TIMEOUT, new TimeoutInterceptor(patience(), watchdog));
            callRate.ifPresent(rate -> stack.intercept(Place.RATE, rate));
        }
        if (!spec.layers().isEmpty()) {
            stack.layer(Place.CRYPT, inner -> encryption.get().over(inner, spec.layers()));
        }
        return stack.build();
    }

    private RetryPolicy policy(Storage adapter) {
        if (adapter.identity().isHere()) {
            return usual(wishes.attempts());
        }
        return switch (wishes.patience()) {
            case USUAL -> usual(wishes.attempts() * ATTEMPTS_OVER_NETWORK);
            // One reply may be lost; who does not answer twice is not there.
            case SHORT -> new RetryPolicy(wishes.attempts() + 1, FIRST_WAIT, FIRST_WAIT, SHORT_PATIENCE);
        };
    }

    private RetryPolicy usual(int attempts) {
        return new RetryPolicy(wishes.callAttempts().orElse(attempts), FIRST_WAIT, LONGEST_WAIT);
    }

    private Duration patience() {
        return switch (wishes.patience()) {
            case USUAL -> PATIENCE;
            case SHORT -> SHORT_PATIENCE;
        };
    }

    /// What a name stands for, where its folder is stored.
    private StorageSpec stored(StorageSpec spec) {
        if (provider(spec.provider()).isPresent()) {
            return spec;
        }
        StorageSpec resolved = named.apply(spec);
        if (resolved.layers().isEmpty()) {
            return resolved;
        }
        EncryptionLayers.top(resolved).ifPresent(this::proveKey);
        return encryption.get().stored(resolved);
    }

    private void proveKey(StorageSpec top) {
        try (Storage storage = open(top)) {
            Places.proveKey(storage);
        }
    }

    private static Storage opened(StorageProvider provider, StorageSpec spec) {
        expectKnown(provider, spec);
        try {
            return provider.open(spec.settings());
        } catch (IllegalArgumentException wrong) {
            // The cause is left out: it may quote a value, and that value may be a secret.
            throw new RefusedException(withoutSecrets(String.valueOf(wrong.getMessage()), provider, spec));
        }
    }

    private static void expectKnown(StorageProvider provider, StorageSpec spec) {
        Set<String> known = new LinkedHashSet<>();
        for (StorageProvider.Setting setting : provider.settings()) {
            known.add(setting.name());
        }
        for (String name : spec.settings().keySet()) {
            if (!known.contains(name)) {
                throw new RefusedException(Kinds.unknown(provider.key(), name, known));
            }
        }
    }

    private static String withoutSecrets(String message, StorageProvider provider, StorageSpec spec) {
        String told = message;
        for (StorageProvider.Setting setting : provider.settings()) {
            String value = spec.settings().getOrDefault(setting.name(), "");
            if (setting.secret() && !value.isEmpty()) {
                told = told.replace(value, "***");
            }
        }
        return told;
    }

    /// Looks among the product's own first: asking for those that others add opens every jar.
    private static Optional<StorageProvider> provider(String key) {
        for (Supplier<StorageProvider> own : OWN) {
            StorageProvider provider = own.get();
            if (provider.key().equals(key)) {
                return Optional.of(provider);
            }
        }
        for (StorageProvider provider : ServiceLoader.load(StorageProvider.class)) {
            if (provider.key().equals(key)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    @Override
    public Map<Verb, Long> requests() {
        return counts.snapshot();
    }

    @Override
    public Set<ErrorKind> failures() {
        return counts.failures();
    }
}
