package bricklayer.repeat;

import bricklayer.operation.Ids;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.RequestKey;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognises a request that is made anew because the answer to the first was lost, where its client names no key: Kubernetes' in-tree driver, whose Go client
 * asks the queue several times a second and gives a request up for good when a connection breaks.
 *
 * <p>The repeat gets the volume of the first request, under a place in the queue of its own, and the first place is void from then on: whoever asks there
 * hears that the request failed. So no volume has two owners, whatever was guessed. One whose end was told once, to anybody, is never given away.
 * Thread-safe.
 */
public final class Repeats {

    private static final Logger LOG = LoggerFactory.getLogger(Repeats.class);

    private static final String GO_CLIENT = "Go-http-client/";
    private static final int PLACES_REMEMBERED_MAX = 10_000;
    private static final int SWEPT_AFTER = 1_000;

    private final Store store;
    private final Settings settings;
    private final InstantSource clock;
    private final Ids ids;
    private final BiPredicate<Rows, String> asMade;
    private final Instant started;
    private final Map<OperationId, Instant> lastAsked = new LinkedHashMap<>();
    private int sweptAt = SWEPT_AFTER;

    /**
     * When a request counts as given up.
     *
     * @param silence nobody has asked for it for so long. One that was made before this process started, when every connection broke, is given up unless
     *     somebody asked since
     * @param window after its end; zero for no recognition at all
     */
    public record Settings(Duration silence, Duration window) {

        /** Who waits for an answer that is held back asks no further questions meanwhile: that is no silence, however short it was said to be. */
        public Settings whereAnswersAreHeldBack(Duration longest) {
            Duration atLeast = longest.multipliedBy(2);
            return silence.compareTo(atLeast) < 0 ? new Settings(atLeast, window) : this;
        }
    }

    /**
     * Over the operations of a store.
     *
     * @param asMade whether what an operation made, named by its path, is there, and nothing is being done to it
     */
    public Repeats(Store store, Settings settings, InstantSource clock, Ids ids, BiPredicate<Rows, String> asMade) {
        this.asMade = asMade;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.started = clock.instant();
    }

    /** Where an answer is to be looked for. */
    public sealed interface Place {
        /** There is none. */
        record Unknown() implements Place {}

        /** A repeat got what was made. */
        record Inherited(OperationId operation) implements Place {}

        /** This operation's. */
        record Of(Operation operation) implements Place {}
    }

    /** Whether it comes from the Go client and names a group, which that driver chooses anew for each claim. */
    public boolean recognisable(String userAgent, long gid) {
        return !settings.window().isZero() && userAgent.startsWith(GO_CLIENT) && gid > 0;
    }

    /** A key for a request that may be recognised later. */
    public RequestKey keyFor(String digest) {
        return RequestKey.implied(ids.next(), digest);
    }

    /**
     * A place in the queue for a repeat of a request that was given up: of the one that was made first, if there are several.
     *
     * @param digest of both
     * @return empty when there is no such request
     */
    public Optional<OperationId> takeOver(String digest) {
        if (givenUp(store.rows(), digest).isEmpty()) {
            return Optional.empty();
        }
        OperationId heir = new OperationId(ids.next());
        Optional<Operation> taken = store.write(tx -> {
            Optional<Operation> found = givenUp(tx, digest);
            found.ifPresent(
                    first -> tx.put(Delivery.TABLE, delivery(tx, first.id()).inheritedBy(heir)));
            return found;
        });
        taken.ifPresent(first -> {
            asked(heir);
            LOG.info(
                    "op={} kind={} its caller gave it up; a repeat of the request is answered in its place queue={}",
                    first.id(),
                    first.kind(),
                    heir);
        });
        return taken.map(first -> heir);
    }

    /** Whose end is told at a place in the queue. */
    public Place at(OperationId place) {
        Rows rows = store.rows();
        List<Delivery> inherited = rows.find(Delivery.TABLE, Delivery.BY_HEIR, place.value());
        OperationId id = inherited.isEmpty() ? place : inherited.getFirst().id();
        Optional<Operation> operation = rows.get(Operation.TABLE, id);
        if (operation.isEmpty()) {
            return new Place.Unknown();
        }
        if (!isImplied(operation.get())) {
            return new Place.Of(operation.get());
        }
        asked(place);
        return delivery(rows, id).place().equals(place) ? new Place.Of(operation.get()) : new Place.Inherited(id);
    }

    /**
     * To be asked before anybody hears of what an operation made: from then on it is not given away.
     *
     * @return false when the place is void by now
     */
    public boolean mayTell(Operation operation, OperationId place) {
        if (!isImplied(operation)) {
            return true;
        }
        Delivery known = delivery(store.rows(), operation.id());
        if (known.told()) {
            return known.place().equals(place);
        }
        return store.write(tx -> {
            Delivery now = delivery(tx, operation.id());
            if (!now.place().equals(place)) {
                return false;
            }
            tx.put(Delivery.TABLE, now.toldNow());
            sweep(tx);
            return true;
        });
    }

    private Optional<Operation> givenUp(Rows rows, String digest) {
        Instant oldest = clock.instant().minus(settings.window());
        return rows.find(Operation.TABLE, Operation.BY_IMPLIED_DIGEST, digest).stream()
                .filter(op -> canBeGiven(rows, op, oldest))
                .filter(op -> isGivenUp(rows, op))
                .min(Comparator.comparing(Operation::begun));
    }

    private boolean canBeGiven(Rows rows, Operation operation, Instant oldest) {
        return switch (operation.state()) {
            // what an earlier process left unfinished is taken back
            case RUNNING -> !operation.begun().isBefore(started);
            case DONE -> operation.ended().orElse(Instant.MIN).isAfter(oldest) && isAsMade(rows, operation);
            default -> false;
        };
    }

    private boolean isGivenUp(Rows rows, Operation operation) {
        Delivery delivery = delivery(rows, operation.id());
        if (delivery.told()) {
            return false;
        }
        Instant last;
        synchronized (lastAsked) {
            last = lastAsked.get(delivery.place());
        }
        if (last == null && operation.begun().isBefore(started)) {
            return true;
        }
        Instant since = last == null ? operation.begun() : last;
        return !clock.instant().isBefore(since.plus(settings.silence()));
    }

    private boolean isAsMade(Rows rows, Operation operation) {
        return operation.resource().filter(path -> asMade.test(rows, path)).isPresent();
    }

    private static boolean isImplied(Operation operation) {
        return operation.request().filter(RequestKey::isImplied).isPresent();
    }

    private static Delivery delivery(Rows rows, OperationId operation) {
        return rows.get(Delivery.TABLE, operation).orElseGet(() -> Delivery.none(operation));
    }

    private void asked(OperationId place) {
        synchronized (lastAsked) {
            lastAsked.remove(place);
            lastAsked.put(place, clock.instant());
            if (lastAsked.size() > PLACES_REMEMBERED_MAX) {
                lastAsked.remove(lastAsked.keySet().iterator().next());
            }
        }
    }

    /** Forgets, now and then, what belongs to operations that are forgotten. Runs inside a write, so one at a time. */
    private void sweep(WriteTx tx) {
        if (tx.count(Delivery.TABLE) < sweptAt) {
            return;
        }
        List<OperationId> gone = StreamSupport.stream(tx.all(Delivery.TABLE).spliterator(), false)
                .map(Delivery::id)
                .filter(id -> tx.get(Operation.TABLE, id).isEmpty())
                .toList();
        gone.forEach(id -> tx.delete(Delivery.TABLE, id));
        sweptAt = tx.count(Delivery.TABLE) + SWEPT_AFTER;
    }
}
