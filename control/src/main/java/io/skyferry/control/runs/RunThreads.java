package io.skyferry.control.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/// Makes the threads of one run and can wake them up, so that a run which was told to stop does not wait
/// for a server.
///
/// A disk call holds on to its carrier, so runs get threads of the platform.
final class RunThreads implements ThreadFactory {
    private final String name;
    private final List<Thread> made = new ArrayList<>();

    RunThreads(String name) {
        this.name = name;
    }

    @Override
    public synchronized Thread newThread(Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
        made.removeIf(one -> one.getState() == Thread.State.TERMINATED);
        made.add(thread);
        return thread;
    }

    synchronized void interrupt() {
        made.forEach(Thread::interrupt);
    }
}
