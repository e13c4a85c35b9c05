package io.skyferry.engine.report;

import io.skyferry.storage.RelPath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// How far a run is: written by many threads, read by displays as often as they like.
public final class Progress {
    private final LongAdder listed = new LongAdder();
    private final LongAdder checked = new LongAdder();
    private final LongAdder filesWanted = new LongAdder();
    private final LongAdder filesDone = new LongAdder();
    private final LongAdder bytesWanted = new LongAdder();
    private final LongAdder bytesDone = new LongAdder();
    private final LongAdder deleted = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final ConcurrentHashMap<RelPath, Flight> flights = new ConcurrentHashMap<>();
    private volatile boolean scanning = true;

    /// A transfer on its way.
    public static final class Flight {
        private final RelPath path;
        private final long size;
        private final LongAdder total;
        private final AtomicLong done = new AtomicLong();

        private Flight(RelPath path, long size, LongAdder total) {
            this.path = path;
            this.size = size;
            this.total = total;
        }

        /// Bytes went by. Those that had to be sent once more are not more than the file has.
        public void add(long bytes) {
            long before = done.getAndAdd(bytes);
            total.add(ofFile(before + bytes) - ofFile(before));
        }

        private long ofFile(long bytes) {
            return size < 0 ? bytes : Math.min(bytes, size);
        }

        /// All bytes arrived, those also that went over where nobody counts: from file to file inside a file system.
        private void complete() {
            long uncounted = size - done.get();
            if (uncounted > 0) {
                add(uncounted);
            }
        }

        /// What was counted is taken back.
        private void takeBack() {
            total.add(-ofFile(done.getAndSet(0)));
        }
    }

    /// What a display needs at one moment.
    ///
    /// @param listed entries met by the scans of both sides
    /// @param checked pairs compared
    /// @param filesWanted files decided to be transferred up to now
    /// @param scanning whether more may be found
    public record Snapshot(
            long listed,
            long checked,
            long filesWanted,
            long filesDone,
            long bytesWanted,
            long bytesDone,
            long deleted,
            long failed,
            boolean scanning,
            List<InFlight> inFlight) {}

    /// One transfer on its way, in bytes.
    public record InFlight(RelPath path, long size, long done) {}

    /// The state now.
    public Snapshot snapshot() {
        List<InFlight> inFlight = new ArrayList<>();
        flights.values()
                .forEach(flight ->
                        inFlight.add(new InFlight(flight.path, flight.size, flight.ofFile(flight.done.get()))));
        return new Snapshot(
                listed.sum(),
                checked.sum(),
                filesWanted.sum(),
                filesDone.sum(),
                bytesWanted.sum(),
                bytesDone.sum(),
                deleted.sum(),
                failed.sum(),
                scanning,
                inFlight);
    }

    /// Entries came from a listing.
    public void listed(long entries) {
        listed.add(entries);
    }

    /// A pair was compared.
    public void checked() {
        checked.increment();
    }

    /// A file is to be transferred.
    public void wanted(long bytes) {
        filesWanted.increment();
        bytesWanted.add(Math.max(0, bytes));
    }

    /// A transfer begins.
    public Flight begin(RelPath path, long size) {
        var flight = new Flight(path, size, bytesDone);
        flights.put(path, flight);
        return flight;
    }

    /// A transfer ended well.
    public void done(Flight flight) {
        flights.remove(flight.path, flight);
        flight.complete();
        filesDone.increment();
    }

    /// A transfer ended badly.
    public void failed(Flight flight) {
        flights.remove(flight.path, flight);
        flight.takeBack();
    }

    /// A file was deleted.
    public void deleted() {
        deleted.increment();
    }

    /// An entry could not be brought in step.
    public void failed() {
        failed.increment();
    }

    /// Both listings have ended.
    public void scanned() {
        scanning = false;
    }
}
