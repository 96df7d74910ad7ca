package bricklayer.node;

import bricklayer.api.StateRequest;
import bricklayer.inventory.State;
import bricklayer.operation.Request;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import java.util.Locale;

/** What {@code POST …/state} asks of a node or a device. */
public final class StateChanges {

    private StateChanges() {}

    /**
     * The state asked for.
     *
     * @throws bricklayer.problem.Problem 400; the heal check is judged first and alone, as Heketi does
     */
    public static State wanted(StateRequest request) {
        new Validation()
                .field("healcheck", Rules.healCheck(request.healCheck()))
                .orThrow();
        new Validation()
                .field("state", Rules.required(request.state()), Rules.state(request.state()))
                .orThrow();
        return State.valueOf(request.state().toUpperCase(Locale.ROOT));
    }

    /** Giving something up can mean moving its bricks, so only that counts against the limit of running operations. */
    public static Request how(State wanted) {
        return wanted == State.FAILED ? Request.COUNTED : Request.UNCOUNTED;
    }
}
