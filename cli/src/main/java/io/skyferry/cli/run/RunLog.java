package io.skyferry.cli.run;

import io.skyferry.cli.log.Log;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.engine.report.RunEvent;
import io.skyferry.engine.report.RunListener;

/// Writes what happens in a run to the log: what was done at INFO, what was left alone and why at DEBUG.
final class RunLog implements RunListener {
    private final Log log;

    RunLog(Log log) {
        this.log = log;
    }

    @Override
    public void on(RunEvent event) {
        if (event.isUsual() && !log.tells(LogLevel.INFO)) {
            return;
        }
        switch (event) {
            case RunEvent.Planned(var step) -> {
                if (log.tells(LogLevel.DEBUG)) {
                    log.tell(LogLevel.DEBUG, "decided: " + Steps.planned(step));
                }
            }
            case RunEvent.Began(var step) -> {
                if (log.tells(LogLevel.DEBUG)) {
                    log.tell(LogLevel.DEBUG, "begun: " + Steps.planned(step));
                }
            }
            case RunEvent.Done(var step, var _) -> {
                if (log.tells(LogLevel.INFO)) {
                    log.tell(LogLevel.INFO, Steps.done(step));
                }
            }
            case RunEvent.InStep(var path, String reason) -> {
                if (log.tells(LogLevel.DEBUG)) {
                    log.tell(LogLevel.DEBUG, path + ": unchanged: " + reason);
                }
            }
            case RunEvent.LeftAlone(var path, String reason) -> {
                if (log.tells(LogLevel.DEBUG)) {
                    log.tell(LogLevel.DEBUG, path + ": left alone: " + reason);
                }
            }
            case RunEvent.Failed(var path, String reason) ->
                log.tell(LogLevel.ERROR, ReportText.told(path.text(), reason));
            case RunEvent.Warned(String text) -> log.tell(LogLevel.NOTICE, text);
            case RunEvent.Refused(String text) -> log.tell(LogLevel.ERROR, text);
        }
    }
}
