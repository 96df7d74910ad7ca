package bricklayer.operation;

import java.util.List;

/**
 * How an operation was given up.
 *
 * @param direction where it was going: {@link OperationState#ROLLING_BACK} when its rows are as before it, {@link OperationState#RUNNING} when they are as after its end
 * @param leftovers what that direction would still have had to do; empty when everything was seen to be done
 */
public record Abandonment(OperationState direction, List<Leftover> leftovers) {

    public Abandonment {
        leftovers = List.copyOf(leftovers);
    }
}
