package io.skyferry.server.web.tasks;

import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.runs.Run;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Plans of dry runs, and of runs that a guard stopped.
public final class PlanPages implements Pages {
    private final ServerParts parts;

    /// Over these parts.
    public PlanPages(ServerParts parts) {
        this.parts = parts;
    }

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get("/plans/{id}", Role.READER, this::show),
                WebRoute.get("/plans/{id}/live", Role.READER, visit -> Reply.part("tasks/live.jte", page(visit))),
                WebRoute.get("/plans/{id}/steps", Role.READER, visit -> Reply.part("tasks/planned.jte", page(visit))),
                WebRoute.get("/plans/{id}/level", Role.READER, visit -> Reply.part("tasks/level.jte", page(visit))),
                WebRoute.get("/plans/{id}/file", Role.READER, this::file),
                WebRoute.post("/plans/{id}/stop", Role.OPERATOR, this::stop),
                WebRoute.post("/plans/{id}/approve", Role.OPERATOR, this::approve));
    }

    private PlanPage page(Visit visit) {
        var filter = new PlanPage.Filter(
                PlanPage.Filter.changes(visit.query("change").orElse("")),
                visit.query("text").orElse(""),
                visit.query("at").orElse(""),
                Math.clamp(visit.query("skip", 0), 0, Integer.MAX_VALUE));
        return PlanPage.of(parts, parts.runs().get(visit.number("id")), filter);
    }

    private Reply show(Visit visit) {
        PlanPage page = page(visit);
        String name = page.run().description().isBlank() ? "task" : page.run().description();
        return Reply.page("tasks/plan.jte", "Dry run of " + name, page).with("tasks.js", "tasks.css");
    }

    private Reply file(Visit visit) {
        long id = visit.number("id");
        Path file = parts.runs()
                .planFile(id)
                .orElseThrow(() -> new RefusedException("Run %s has no plan (any more)".formatted(id)));
        try {
            return new Reply.File("run-%s.plan".formatted(id), "text/plain; charset=utf-8", Files.newInputStream(file));
        } catch (IOException failure) {
            throw new UncheckedIOException("The plan '%s' cannot be read".formatted(file), failure);
        }
    }

    private Reply stop(Visit visit) {
        long id = visit.number("id");
        boolean any = parts.runs().abort(id, visit.caller());
        return Reply.to("/plans/" + id).saying(any ? "The dry run is being stopped." : "It had ended already.");
    }

    private Reply approve(Visit visit) {
        Run run = parts.runs().approve(visit.number("id"), visit.caller());
        return Reply.to("/runs/" + run.id()).saying("Exactly this plan was asked for, and nothing else will be done.");
    }
}
