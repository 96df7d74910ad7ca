package bricklayer.promise;

import bricklayer.operation.OperationId;
import bricklayer.operation.Operations;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;

/** What a caller asks for. With the same key in the request it may ask again. */
@FunctionalInterface
interface Deed {

    OperationId perform(Operations operations, Request request);

    static Deed of(Planner planner) {
        return (operations, request) -> operations.submit(request, planner);
    }
}
