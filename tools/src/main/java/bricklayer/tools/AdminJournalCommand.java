package bricklayer.tools;

import bricklayer.main.Formats;
import bricklayer.store.StoreException;
import bricklayer.store.log.Damage;
import bricklayer.store.log.JournalEntry;
import bricklayer.store.log.JournalReader;
import bricklayer.store.log.JournalReader.Until;
import bricklayer.store.log.RowsAt;
import bricklayer.store.log.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "journal",
        description = "Reads a server's records where they lie. Changes nothing, and a server may run on them.",
        subcommands = {
            AdminJournalCommand.Verify.class,
            AdminJournalCommand.Show.class,
            AdminJournalCommand.Export.class
        })
final class AdminJournalCommand extends Group {

    private static final int SOUND = 0;
    private static final int DAMAGED = 1;
    private static final int CANNOT_TELL = 2;

    /** How long {@code --follow} waits between two looks. */
    private static final Duration FOLLOW_PAUSE = Duration.ofMillis(500);

    /** A command that reads records, and ends with 0 when they are sound, 1 when they are damaged, 2 when it cannot tell. */
    abstract static class Reading implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        @Mixin
        private final JournalSource source = new JournalSource();

        abstract int read(JournalReader journal);

        List<Path> backups() {
            return List.of();
        }

        @Override
        public final Integer call() {
            try {
                return read(source.open(backups()));
            } catch (StoreException | IllegalArgumentException e) {
                spec.commandLine().getErr().println("Error: " + e.getMessage());
                return CANNOT_TELL;
            }
        }

        final PrintWriter out() {
            return spec.commandLine().getOut();
        }

        final void note(String text) {
            spec.commandLine().getErr().println(text);
        }

        final RootCommand root() {
            return (RootCommand) spec.root().userObject();
        }

        final int ended(Optional<Damage> damage) {
            damage.ifPresent(found -> note("Error: " + found.reason()));
            return damage.isPresent() ? DAMAGED : SOUND;
        }
    }

    @Command(
            name = "verify",
            description = {
                "Checks every frame, the chain they make, checkpoints and manifest.",
                "Ends with 0 when all is sound, 1 when something is damaged, 2 when it cannot tell."
            })
    static final class Verify extends Reading {

        @Option(names = "--json", description = "Print the result as JSON.")
        private boolean json;

        @Override
        int read(JournalReader journal) {
            Verdict verdict = journal.verify(Formats.codec());
            if (verdict.empty()) {
                note("Error: there are no records in " + verdict.folder());
                return CANNOT_TELL;
            }
            out().println(json || root().json() ? JournalText.json(verdict) : JournalText.describe(verdict));
            return verdict.findings().isEmpty() ? SOUND : DAMAGED;
        }
    }

    @Command(name = "show", description = "Prints what was written, transaction by transaction.")
    static final class Show extends Reading {

        @Option(names = "--from", paramLabel = "N", description = "Begin with this transaction.")
        private long from = 1;

        @Option(names = "--to", paramLabel = "N", description = "End with this transaction.")
        private long to = Long.MAX_VALUE;

        @Option(names = "--since", paramLabel = "TIME", description = "Leave out what is older.")
        private @Nullable String since;

        @Option(names = "--until", paramLabel = "TIME", description = "Leave out what is newer.")
        private @Nullable String until;

        @Option(names = "--last", paramLabel = "N", description = "Only the last so many of them.")
        private int last;

        @Option(
                names = "--table",
                paramLabel = "NAME",
                description = "Only transactions that change a row of this table.")
        private @Nullable String table;

        @Option(names = "--key", paramLabel = "ID", description = "Only transactions that change a row of this id.")
        private @Nullable String key;

        @Option(
                names = "--operation",
                paramLabel = "ID",
                description = "Only the transactions of one operation's life: begin, pivot, end.")
        private @Nullable String operation;

        @Option(names = "--json", description = "Print a line of JSON for each transaction, with whole rows.")
        private boolean json;

        @Option(names = "--full", description = "Print whole rows.")
        private boolean full;

        @Option(names = "--follow", description = "Go on with what a running server writes, until interrupted.")
        private boolean follow;

        @Override
        int read(JournalReader journal) {
            Deque<JournalEntry> kept = new ArrayDeque<>();
            Consumer<JournalEntry> matching = filtered(entry -> {
                if (last == 0) {
                    print(entry);
                    return;
                }
                kept.addLast(entry);
                if (kept.size() > last) {
                    kept.removeFirst();
                }
            });
            long[] first = {0};
            JournalReader.End end = journal.entries(from, entry -> {
                first[0] = first[0] == 0 ? entry.sequence() : first[0];
                matching.accept(entry);
            });
            kept.forEach(this::print);
            if (first[0] > from) {
                note("Note: the log that is there begins with transaction " + first[0]
                        + "; what is older is in checkpoints, and perhaps in an archive (--archive)");
            }
            while (follow && end.damage().isEmpty() && pause()) {
                end = journal.entries(end.next(), filtered(this::print));
            }
            return ended(end.damage());
        }

        private Consumer<JournalEntry> filtered(Consumer<JournalEntry> next) {
            Until begin = since == null
                    ? new Until.Sequence(0)
                    : new Until.Time(JournalSource.time(since).minusMillis(1));
            Until end = until == null ? new Until.Newest() : new Until.Time(JournalSource.time(until));
            return entry -> {
                boolean inTime =
                        !begin.includes(entry.sequence(), entry.time()) && end.includes(entry.sequence(), entry.time());
                if (entry.sequence() <= to
                        && inTime
                        && entry.changes().stream().anyMatch(this::wanted)
                        && (operation == null || entry.changes().stream().anyMatch(this::isOfOperation))) {
                    next.accept(entry);
                }
            };
        }

        private boolean wanted(JournalEntry.RowWrite write) {
            return (table == null || write.table().equals(table))
                    && (key == null || write.key().equals(key));
        }

        private boolean isOfOperation(JournalEntry.RowWrite write) {
            return write.table().equals("operations") && write.key().equals(operation);
        }

        private void print(JournalEntry entry) {
            if (json || root().json()) {
                out().println(JournalText.json(entry));
            } else {
                out().print(JournalText.describe(entry, full));
                out().flush();
            }
        }

        private boolean pause() {
            try {
                Thread.sleep(FOLLOW_PAUSE);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    @Command(
            name = "export",
            description = {
                "Prints all rows as lines of JSON, as they are now or were at a moment, or their whole history.",
                "Passwords of block volumes are among them."
            })
    static final class Export extends Reading {

        @Option(
                names = "--at",
                paramLabel = "MOMENT",
                description = "The number of a transaction, or a time such as 2026-11-21T14:30:00Z. Default: now.")
        private @Nullable String at;

        @Option(names = "--table", paramLabel = "NAME", description = "Only rows of this table.")
        private @Nullable String table;

        @Option(
                names = "--backup",
                paramLabel = "FILE",
                description = "A backup to begin with, where the log does not reach back far enough.")
        private List<Path> backups = new ArrayList<>();

        @Option(
                names = "--history",
                description =
                        "Each transaction that is in the log instead, the oldest first, as show --json prints them.")
        private boolean history;

        @Override
        List<Path> backups() {
            return backups;
        }

        @Override
        int read(JournalReader journal) {
            if (history) {
                return ended(journal.entries(1, entry -> out().println(JournalText.json(entry)))
                        .damage());
            }
            RowsAt rows = journal.at(at == null ? new Until.Newest() : JournalSource.until(at));
            rows.rows().stream()
                    .filter(row -> table == null || row.table().equals(table))
                    .forEach(row -> out().println(JournalText.json(row)));
            note("Rows after transaction " + rows.sequence()
                    + rows.time().map(time -> " of " + time).orElse(""));
            return ended(rows.damage());
        }
    }
}
