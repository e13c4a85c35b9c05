package io.skyferry.engine.execute;

import io.skyferry.engine.plan.Step;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.work.Lanes;
import java.util.Optional;
import java.util.function.Consumer;

/// All who work for one run, put together and taken apart in the right order.
public final class Crew implements AutoCloseable {
    private final Lanes checkers;
    private final Lanes transfers;
    private final Lanes parts;
    private final LaterDeletes deletes;
    private final Remains remains;
    private final Effects effects;
    private final Execution execution;
    private final Application application;

    /// Those who do the steps.
    public static Crew doing(Scope scope, String pairMark) {
        return new Crew(scope, pairMark, Optional.empty(), Transfers.News.TAKEN);
    }

    /// Those who only tell the steps.
    ///
    /// @param sink takes the steps, one at a time
    public static Crew telling(Scope scope, String pairMark, Consumer<Step> sink) {
        return new Crew(scope, pairMark, Optional.of(sink), Transfers.News.TAKEN);
    }

    /// Those who do the steps of a saved plan, and take no news.
    public static Crew applying(Scope scope, String pairMark) {
        return new Crew(scope, pairMark, Optional.empty(), Transfers.News.REFUSED);
    }

    private Crew(Scope scope, String pairMark, Optional<Consumer<Step>> sink, Transfers.News news) {
        OneWayRun run = scope.run();
        int lanes = run.options().transfers().lanes();
        this.checkers = run.workers().lanes("check", run.options().transfers().checkers());
        this.transfers = run.workers().lanes("transfer", lanes);
        this.parts = run.workers().lanes("part", lanes);
        var backups = new Backups(scope);
        var renames = new Renames(scope);
        this.deletes = new LaterDeletes(scope, backups, renames, Transfers.News.TAKEN, run.spill());
        this.remains = new Remains(scope, pairMark);
        this.effects = sink.isPresent()
                ? new PlannedEffects(scope, renames, sink.orElseThrow())
                : new DoneEffects(scope, parts, backups, renames, remains, news);
        this.application = new Application(scope, effects, backups, renames, transfers);
        this.execution = new Execution(scope, new Execution.Tools(effects, renames, deletes, checkers, transfers));
    }

    /// Who takes the decisions.
    public Execution execution() {
        return execution;
    }

    /// Who does the steps of a saved plan.
    public Application application() {
        return application;
    }

    /// Who look at single files.
    public Lanes checkers() {
        return checkers;
    }

    /// Who clears up after earlier runs.
    public Remains remains() {
        return remains;
    }

    @Override
    public void close() {
        // First those who hand out work, so that nobody waits for a lane that is gone.
        checkers.close();
        transfers.close();
        parts.close();
        execution.close();
    }
}
