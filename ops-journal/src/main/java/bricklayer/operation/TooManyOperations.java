package bricklayer.operation;

/** As many operations as the configuration allows are running already. Nothing was begun; the same request may be sent again later. */
public class TooManyOperations extends RuntimeException {

    public TooManyOperations(int limit) {
        super(limit + " operations are running, which is the limit; try again later");
    }
}
