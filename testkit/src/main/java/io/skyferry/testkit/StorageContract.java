package io.skyferry.testkit;

import io.skyferry.storage.Storage;
import org.junit.jupiter.api.Nested;

/// What every storage and every layer keeps, whatever it stands on; its chapters are classes of their own.
///
/// A test that needs a verb runs where the verb is declared; where it is not, the same test asserts that
/// the verb is refused. So no test is ever skipped.
public abstract class StorageContract {
    /// Opens an empty storage; called once for each test.
    protected abstract Storage openEmpty();

    /// Waits until listings show all that was written, where they do not at once.
    ///
    /// @param storage as it was opened
    protected void settle(Storage storage) {
        // Consistent listings need no waiting.
    }

    /// Whether a file and a directory of made-up keys may have one name: a server over a file system cannot.
    protected OneName oneName() {
        return OneName.TAKEN_TWICE;
    }

    /// What becomes of a file that would have the name of a directory.
    public enum OneName {
        /// Both are there.
        TAKEN_TWICE,
        /// What came first stays as it is, the other is refused.
        REFUSED
    }

    private ContractPlace place() {
        return new ContractPlace() {
            @Override
            public OneName oneName() {
                return StorageContract.this.oneName();
            }

            @Override
            public Storage open() {
                return openEmpty();
            }

            @Override
            public void settle(Storage storage) {
                StorageContract.this.settle(storage);
            }
        };
    }

    @Nested
    final class Reading extends ReadingChapter {
        Reading() {
            super(place());
        }
    }

    @Nested
    final class Writing extends WritingChapter {
        Writing() {
            super(place());
        }
    }

    @Nested
    final class Conditions extends ConditionsChapter {
        Conditions() {
            super(place());
        }
    }

    @Nested
    final class Repetition extends RepetitionChapter {
        Repetition() {
            super(place());
        }
    }

    @Nested
    final class FailingSources extends SourcesChapter {
        FailingSources() {
            super(place());
        }
    }

    @Nested
    final class Parts extends PartsChapter {
        Parts() {
            super(place());
        }
    }

    @Nested
    final class Listing extends ListingChapter {
        Listing() {
            super(place());
        }
    }

    @Nested
    final class Directories extends DirectoriesChapter {
        Directories() {
            super(place());
        }
    }

    @Nested
    final class Placing extends PlacingChapter {
        Placing() {
            super(place());
        }
    }

    @Nested
    final class Names extends NamesChapter {
        Names() {
            super(place());
        }
    }

    @Nested
    final class Threads extends ThreadsChapter {
        Threads() {
            super(place());
        }
    }
}
