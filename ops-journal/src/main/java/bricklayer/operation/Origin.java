package bricklayer.operation;

/**
 * Where the stages of a plan were begun: it goes on with those of an operation that has ended. Its commands bear that operation's marks, so that who waits for what still runs waits for what that one left running, too.
 *
 * @param firstStage the number that the plan's first stage had there
 */
public record Origin(OperationId operation, int firstStage) {}
