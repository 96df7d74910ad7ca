package bricklayer.tools.simulation;

import bricklayer.main.ServerCore;
import bricklayer.operation.OperationId;
import bricklayer.operation.OperationState;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.operation.RequestKey;
import bricklayer.operation.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request of a client, and what the client has heard of it. */
final class Asked {

    /** What it is about. */
    enum Subject {
        VOLUME,
        BLOCK_VOLUME,
        OTHER
    }

    /** What it does to its subject. */
    enum Effect {
        CREATES,
        GROWS,
        DELETES,
        NONE
    }

    /** Gives the request to a server, as its route would. */
    @FunctionalInterface
    interface Content {
        OperationId submit(Call call);
    }

    /** One sending of it, in the server that has it. */
    record Call(ServerCore core, Threads threads, Optional<RequestKey> key) {
        OperationId submit(Request how, Planner planner) {
            return core.operations().submit(how.withKey(key), planner);
        }
    }

    private final String what;
    private final Subject subject;
    private final Effect effect;
    private final String name;
    private final long sizeGiB;
    private final Optional<RequestKey> key;
    private final Content request;

    private Optional<OperationId> accepted = Optional.empty();
    private Optional<OperationState> end = Optional.empty();
    private final List<Sent> pending = new ArrayList<>();
    private boolean uncertain;

    /** @param server the process that has it */
    record Sent(ServerProcess server, Duration when) {}

    Asked(
            String what,
            Subject subject,
            Effect effect,
            String name,
            long sizeGiB,
            Optional<RequestKey> key,
            Content request) {
        this.what = what;
        this.subject = subject;
        this.effect = effect;
        this.name = name;
        this.sizeGiB = sizeGiB;
        this.key = key;
        this.request = request;
    }

    Subject subject() {
        return subject;
    }

    Effect effect() {
        return effect;
    }

    String name() {
        return name;
    }

    long sizeGiB() {
        return sizeGiB;
    }

    Optional<RequestKey> key() {
        return key;
    }

    Content request() {
        return request;
    }

    Optional<OperationId> accepted() {
        return accepted;
    }

    Optional<OperationState> end() {
        return end;
    }

    /** Sendings that nothing was heard of yet. */
    List<Sent> pending() {
        return pending;
    }

    Sent send(ServerProcess server, Duration when) {
        Sent sent = new Sent(server, when);
        pending.add(sent);
        return sent;
    }

    /** The client knows the operation. */
    void accept(Sent sent, OperationId id) {
        pending.remove(sent);
        know(id);
    }

    /** The operation is known, from its answer or by its key. */
    void know(OperationId id) {
        if (accepted.isPresent() && !accepted.get().equals(id)) {
            throw new Violation("a key acts once", this + " is operation " + accepted.get() + ", and then " + id);
        }
        accepted = Optional.of(id);
    }

    void refused(Sent sent) {
        pending.remove(sent);
    }

    /** Nobody will say what became of it. */
    void lost(Sent sent) {
        pending.remove(sent);
        uncertain = true;
    }

    void lostWith(ServerProcess server) {
        if (pending.removeIf(sent -> sent.server() == server)) {
            uncertain = true;
        }
    }

    boolean isUncertain() {
        return uncertain;
    }

    void ended(OperationState state) {
        if (end.isPresent() && end.get() != state) {
            throw new Violation("an answer stays as it is", this + " was " + end.get() + ", and is " + state);
        }
        end = Optional.of(state);
    }

    /** Whether it may yet act, or may have acted without anybody having heard. */
    boolean isOpenEnded() {
        return !pending.isEmpty() || (accepted.isPresent() ? end.isEmpty() : uncertain);
    }

    boolean isDone() {
        return end.filter(state -> state == OperationState.DONE).isPresent();
    }

    boolean hadNoEffect() {
        return !isOpenEnded()
                && end.filter(state -> state != OperationState.ABORTED).isEmpty();
    }

    @Override
    public String toString() {
        return what + key.map(used -> " with key " + used.key()).orElse("");
    }
}
