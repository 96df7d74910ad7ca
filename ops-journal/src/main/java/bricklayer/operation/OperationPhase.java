package bricklayer.operation;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * A part of an operation, for the flight recorder: {@code placed} (planned, and its plan on disk), a stage by its name, {@code committed} (its end on disk). Costs nothing while nobody records it.
 */
@Name("bricklayer.OperationPhase")
@Label("Phase of an operation")
@Category("Bricklayer")
@Description("What an operation was doing, and how long")
@StackTrace(false)
@Enabled(false)
final class OperationPhase extends Event {

    static final String PLACED = "placed";
    static final String COMMITTED = "committed";

    @Label("Operation")
    @Nullable
    String operation;

    @Label("Kind")
    @Nullable
    String kind;

    @Label("Phase")
    @Nullable
    String phase;

    /** One that begins now. */
    static OperationPhase begun() {
        OperationPhase now = new OperationPhase();
        now.begin();
        return now;
    }

    /** Tells the recorder of it, if there is one. */
    void ended(Operation of, String name) {
        end();
        if (shouldCommit()) {
            operation = of.id().value();
            kind = of.kind();
            phase = name;
            commit();
        }
    }
}
