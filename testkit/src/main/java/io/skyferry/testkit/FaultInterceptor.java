package io.skyferry.testkit;

import io.skyferry.layers.Call;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.layers.Interceptor;
import io.skyferry.layers.ReadCall;
import io.skyferry.layers.Sleeper;
import io.skyferry.storage.Body;
import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/// Plays a [FaultScript]: the innermost layer, in tests only. After a crash every further call dies too,
/// until [#revive].
public final class FaultInterceptor implements Interceptor {
    private static final ErrorKind[] PASSING = {ErrorKind.UNAVAILABLE, ErrorKind.RATE_LIMITED, ErrorKind.TIMEOUT};

    private final FaultScript script;
    private final Sleeper sleeper;
    private final long[] counts;
    private final Map<Where, Integer> callsOf = new HashMap<>();
    private final Map<Where, Integer> hitsOf = new HashMap<>();
    private final List<String> happened = new ArrayList<>();
    private volatile boolean dead;

    /// @param sleeper waits where the script delays
    public FaultInterceptor(FaultScript script, Sleeper sleeper) {
        this.script = script;
        this.sleeper = sleeper;
        this.counts = new long[script.rules().size()];
    }

    /// The storage, troubled by the script; delays take no time.
    public static Storage over(Storage inner, FaultScript script) {
        return new InterceptedStorage(inner, new FaultInterceptor(script, time -> {}));
    }

    /// What went wrong up to now.
    public synchronized List<String> happened() {
        return List.copyOf(happened);
    }

    /// How many calls came that change something.
    public synchronized long effects() {
        return callsOf.entrySet().stream()
                .filter(entry -> FaultScript.EFFECTS.contains(entry.getKey().verb()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// How many calls of a verb came.
    public synchronized long calls(Verb verb) {
        return callsOf.entrySet().stream()
                .filter(entry -> entry.getKey().verb() == verb)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// Lets calls through again after a crash.
    public void revive() {
        dead = false;
    }

    @Override
    public <R> R around(Call<R> call) {
        Where where = call.where();
        if (dead) {
            throw new SimulatedCrash("earlier, before %s of '%s'".formatted(where.verb(), where.path()));
        }
        Optional<Fault> fault = next(where, FaultInterceptor::strikesCalls);
        if (fault.isEmpty()) {
            return call.proceed();
        }
        return switch (fault.orElseThrow()) {
            case Fault.Fails(ErrorKind kind, Optional<Duration> retryAfter) -> {
                StorageException failure = StorageException.noEffect(kind, where, "Failed by script");
                throw retryAfter.map(failure::retryAfter).orElse(failure);
            }
            case Fault.LosesReply(ErrorKind kind) -> {
                call.proceed();
                throw StorageException.unknownEffect(kind, where, "Reply lost by script");
            }
            case Fault.Delays(Duration time) -> {
                sleeper.sleep(time);
                yield call.proceed();
            }
            case Fault.CrashesBefore before -> throw crash("before", where);
            case Fault.CrashesAfter after -> {
                call.proceed();
                throw crash("after", where);
            }
            case Fault.CutsBody cut -> call.proceed();
            case Fault.CrashesWithin within -> call.proceed();
        };
    }

    @Override
    public Body reading(ReadCall call, Body body) {
        Optional<Fault> fault = next(call.where(), Fault.CutsBody.class::isInstance);
        return fault.isPresent() && fault.orElseThrow() instanceof Fault.CutsBody(ErrorKind kind, long afterBytes)
                ? new Body(body.file(), new BreakingStream(body.stream(), afterBytes, () -> {
                    throw StorageException.noEffect(kind, call.where(), "Body cut by script")
                            .asIo();
                }))
                : body;
    }

    @Override
    public Content writing(Where where, Content content) {
        Optional<Fault> fault = next(where, Fault.CrashesWithin.class::isInstance);
        return fault.isPresent() && fault.orElseThrow() instanceof Fault.CrashesWithin(long afterBytes)
                ? new BreakingContent(content, afterBytes, () -> {
                    throw crash("within", where);
                })
                : content;
    }

    private static boolean strikesCalls(Fault fault) {
        return !(fault instanceof Fault.CutsBody) && !(fault instanceof Fault.CrashesWithin);
    }

    private SimulatedCrash crash(String when, Where where) {
        dead = true;
        return new SimulatedCrash("%s %s of '%s'".formatted(when, where.verb(), where.path()));
    }

    private synchronized Optional<Fault> next(Where where, Predicate<Fault> kind) {
        Optional<Fault> due = Optional.empty();
        for (int i = 0; i < counts.length; i++) {
            FaultScript.Rule rule = script.rules().get(i);
            if (kind.test(rule.fault()) && rule.matches(where)) {
                counts[i]++;
                due = due.isEmpty() && rule.isDue(counts[i]) ? Optional.of(rule.fault()) : due;
            }
        }
        boolean call = kind.test(new Fault.CrashesBefore());
        int count = call ? callsOf.merge(where, 1, Integer::sum) : callsOf.getOrDefault(where, 0);
        if (due.isEmpty()) {
            due = script.dice().flatMap(dice -> throwDice(dice, where, count)).filter(kind);
            due.ifPresent(fault -> hitsOf.merge(where, 1, Integer::sum));
        }
        due.ifPresent(fault -> happened.add("%s %s: %s".formatted(where.verb(), where.path(), fault)));
        return due;
    }

    private Optional<Fault> throwDice(FaultScript.Dice dice, Where where, int count) {
        var random = new SplittableRandom(dice.seed()
                + 31L * where.path().text().hashCode()
                + 1_000_003L * where.verb().name().hashCode()
                + 0x9E3779B97F4A7C15L * count);
        if (random.nextInt(1000) >= dice.perThousand() || hitsOf.getOrDefault(where, 0) >= dice.mercy()) {
            return Optional.empty();
        }
        ErrorKind kind = PASSING[random.nextInt(PASSING.length)];
        return Optional.of(
                switch (random.nextInt(3)) {
                    case 0 -> new Fault.Fails(kind);
                    case 1 ->
                        dice.trouble() == FaultScript.Trouble.ANY ? new Fault.LosesReply(kind) : new Fault.Fails(kind);
                    default ->
                        where.verb() == Verb.READ
                                ? new Fault.CutsBody(kind, random.nextInt(5000))
                                : new Fault.Fails(kind);
                });
    }
}
